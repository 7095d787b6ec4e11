package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ConfigurationFiles;
import io.plantbus.app.cli.DurationConverter;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.config.BenchFile;
import io.plantbus.app.device.Endpoint;
import io.plantbus.app.replay.Difference;
import io.plantbus.app.replay.RealPeer;
import io.plantbus.app.replay.Replay;
import io.plantbus.app.replay.ReplayPeer;
import io.plantbus.app.replay.ReplayReport;
import io.plantbus.app.replay.VirtualBench;
import io.plantbus.app.run.Json;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.capture.traffic.CapturedServer;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.twin.TwinBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `replay`: sends the requests of a capture again and compares the answers.
@Command(
    name = "replay",
    description = {
      "Sends the requests of a capture again, and compares the answers.",
      "Against a bench file in virtual time, so that an hour takes a moment; against an endpoint at",
      "the recorded pace, writes included unless --reads-only is given."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus replay plant.pcapng --against bench.yaml",
      "  plantbus replay plant.pcapng --against tcp://10.0.0.7 --values ignore --reads-only"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CAPTURE", description = "The capture, pcapng or pcap.")
  private Path capture = Path.of("");

  @Option(
      names = "--against",
      required = true,
      paramLabel = "BENCH.yaml|ENDPOINT",
      description = "A bench file, or an endpoint such as tcp://10.0.0.7:502.")
  private String against = "";

  @Option(
      names = "--server",
      paramLabel = "SERVER",
      description = "Only requests to this one of the capture, such as 10.0.0.2:502 or rs485.")
  private String server = "";

  @Option(names = "--fast", description = "As fast as answers come, not at the recorded pace.")
  private boolean fast;

  @Option(
      names = "--values",
      paramLabel = "compare|ignore",
      defaultValue = "compare",
      description = "Whether other values are a difference (default: ${DEFAULT-VALUE}).")
  private String values = "compare";

  @Option(names = "--reads-only", description = "Leave out what may change the device.")
  private boolean readsOnly;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      defaultValue = "1s",
      description = "Longest wait for an answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(1);

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "Folder with profiles of your own, for the bench.")
  private @Nullable Path profiles;

  @Option(names = "--json", description = "One JSON object per difference, then one for all.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Made by picocli.
  public ReplayCommand() {}

  @Override
  public Integer call() throws PortException, InterruptedException {
    Replay replay =
        Usage.check(
            spec,
            () -> {
              if (!values.equals("compare") && !values.equals("ignore")) {
                throw new IllegalArgumentException(
                    "--values takes compare or ignore, was '" + values + "'");
              }
              return new Replay(
                  fast,
                  values.equals("compare"),
                  !readsOnly,
                  Math.max(1_000_000, timeout.toNanos()));
            });
    CapturedTraffic traffic = CaptureFile.read(capture);
    PrintWriter err = spec.commandLine().getErr();
    traffic.notes().forEach(err::println);
    err.flush();
    ReplayReport report =
        against.matches("(?i).*[.]ya?ml")
            ? inVirtualTime(replay, traffic)
            : inRealTime(replay, traffic);
    print(report);
    return report.isSame() ? ExitCode.OK.code() : ExitCode.DEVICE.code();
  }

  private List<CapturedServer> chosen(CapturedTraffic traffic) {
    List<CapturedServer> all = traffic.servers();
    List<CapturedServer> chosen =
        all.stream().filter(each -> server.isEmpty() || each.name().equals(server)).toList();
    if (chosen.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the capture has no server '%s'; there are: %s".formatted(server, names(all)));
    }
    return chosen;
  }

  private static String names(List<CapturedServer> servers) {
    return String.join(", ", servers.stream().map(CapturedServer::name).toList());
  }

  private ReplayReport inVirtualTime(Replay replay, CapturedTraffic traffic) throws PortException {
    Bench bench =
        ConfigurationFiles.valueOf(BenchFile.read(Path.of(against), profiles, System::getenv));
    VirtualBench served = new VirtualBench(bench);
    List<CapturedServer> servers = chosen(traffic);
    List<String> lines = bench.lines().stream().map(BenchLine::name).toList();
    boolean only = servers.size() == 1 && lines.size() == 1;
    Map<String, ReplayPeer> peers = new LinkedHashMap<>();
    for (CapturedServer each : servers) {
      String line = only ? lines.getFirst() : TwinBench.name(each);
      ReplayPeer peer = served.peer(line);
      if (peer == null) {
        throw new CommandFailure(
            ExitCode.CONFIGURATION,
            "%s has no Modbus line '%s' for %s of the capture; there are: %s; rename one, or choose"
                    .formatted(against, line, each.name(), String.join(", ", lines))
                + " with --server");
      }
      peers.put(each.name(), peer);
    }
    return served.await(replay.start(traffic, peers));
  }

  private ReplayReport inRealTime(Replay replay, CapturedTraffic traffic)
      throws PortException, InterruptedException {
    Endpoint endpoint = Usage.check(spec, () -> Endpoint.parse(against));
    List<CapturedServer> servers = chosen(traffic);
    if (servers.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the capture has several servers: choose one with --server; there are: "
              + names(servers));
    }
    try (Adapters adapters = new Adapters(NanoClock.system());
        RealPeer peer = new RealPeer(endpoint, adapters, Duration.ofSeconds(3))) {
      Replay.Running running = replay.start(traffic, Map.of(servers.getFirst().name(), peer));
      if (running.done().isCompletedExceptionally()) {
        switch (running.done().exceptionNow()) {
          case PortException lost -> throw lost;
          case InterruptedException stopped -> throw stopped;
          case Throwable defect -> throw new IllegalStateException(defect);
        }
      }
      return running.report().get();
    }
  }

  private void print(ReplayReport report) {
    PrintWriter out = spec.commandLine().getOut();
    for (Difference each : report.differences()) {
      if (json) {
        Json.print(
            out,
            members -> {
              members.writeNumberField("packet", each.packet());
              members.writeStringField("server", each.server());
              members.writeNumberField("unit", each.unit());
              members.writeStringField("request", each.request());
              members.writeStringField("kind", each.kind().word());
              members.writeStringField("recorded", each.recorded());
              members.writeStringField("now", each.now());
            });
      } else {
        out.println(each);
      }
    }
    if (json) {
      Json.print(
          out,
          members -> {
            members.writeNumberField("sent", report.sent());
            members.writeNumberField("same", report.same());
            members.writeNumberField("different", report.different());
            members.writeNumberField("skipped", report.skipped());
            for (Difference.Kind kind : report.counts().keySet()) {
              members.writeNumberField(kind.word(), report.counts().getOrDefault(kind, 0L));
            }
          });
    } else {
      out.println(
          "%d requests sent, %d answers as recorded, %d different, %d skipped"
              .formatted(report.sent(), report.same(), report.different(), report.skipped()));
    }
    out.flush();
  }
}
