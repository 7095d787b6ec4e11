package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.run.Json;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.simulators.twin.TwinBench;
import io.plantbus.simulators.twin.TwinRecording;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twin`: makes simulated slaves of a capture.
@Command(
    name = "twin",
    description = {
      "Makes simulated slaves of a capture.",
      "They hold over time what was read, refuse what was refused, are silent when the originals",
      "were, and take as long. The capture may be ours, or one of Modbus TCP or UDP by any tool."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus twin plant.pcapng -o bench.yaml",
      "  plantbus simulate bench.yaml"
    })
public final class TwinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAPTURE", description = "The capture, pcapng or pcap.")
  private Path capture = Path.of("");

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "BENCH.yaml",
      description = "Where to; the recording of each slave is written beside it.")
  private Path out = Path.of("");

  @Option(
      names = "--once",
      description = "The last values stay at the end (default: it begins anew).")
  private boolean once;

  @Option(names = "--json", description = "One JSON object per slave.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by picocli.
  public TwinCommand() {}

  @Override
  public Integer call() {
    CapturedTraffic traffic = CaptureFile.read(capture);
    TwinBench bench = TwinBench.of(traffic);
    PrintWriter err = spec.commandLine().getErr();
    bench.notes().forEach(err::println);
    err.flush();
    if (bench.lines().isEmpty()) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION, "no slave answers in " + capture + ": there is nothing to play");
    }
    List<Path> written;
    try {
      written = bench.write(out, String.valueOf(capture.getFileName()), !once);
    } catch (IOException failure) {
      throw new CommandFailure(
          ExitCode.CONFIGURATION, out + " cannot be written: " + failure.getMessage());
    }
    PrintWriter print = spec.commandLine().getOut();
    for (TwinBench.Line line : bench.lines()) {
      line.units().forEach((id, unit) -> print(print, line, id, unit.recording()));
    }
    if (!json) {
      print.println(
          "%s and %d recordings; serve it with: plantbus simulate %s"
              .formatted(out, written.size() - 1, out));
    }
    print.flush();
    return ExitCode.OK.code();
  }

  private void print(PrintWriter print, TwinBench.Line line, int unit, TwinRecording recording) {
    Map<String, Long> values =
        Map.of("elements", elements(recording), "changes", (long) recording.steps().size());
    double median = recording.turnaround().medianNanos() / 1e6;
    double most = recording.turnaround().mostNanos() / 1e6;
    if (json) {
      Json.print(
          print,
          members -> {
            members.writeStringField("line", line.name());
            members.writeStringField("server", line.server().name());
            members.writeNumberField("unit", unit);
            for (Map.Entry<String, Long> each : values.entrySet()) {
              members.writeNumberField(each.getKey(), each.getValue());
            }
            members.writeNumberField("medianMilliseconds", median);
            members.writeNumberField("mostMilliseconds", most);
          });
    } else {
      print.println(
          String.format(
              Locale.ROOT,
              "%s unit %d: %d elements, %d changes in %.1f s, answers in %.1f ms, 95%% in %.1f ms",
              line.name(),
              unit,
              values.get("elements"),
              values.get("changes"),
              recording.lengthNanos() / 1e9,
              median,
              most));
    }
  }

  private static long elements(TwinRecording recording) {
    return recording.tables().stream().mapToLong(table -> table.range().count()).sum();
  }
}
