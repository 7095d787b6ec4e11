package io.plantbus.app.cli.trace;

import io.plantbus.app.cli.BuildVersion;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.trace.CaptureTarget;
import io.plantbus.app.trace.TraceSpec;
import io.plantbus.app.trace.WatchPlan;
import io.plantbus.devices.document.Suggestion;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Options of `run` that watch its lines from the start on.
public final class WatchOptions {
  @Option(
      names = "--trace",
      paramLabel = "LEVEL[:LINE[/UNIT]]",
      description = {
        "Print what goes over the lines to the standard error; may be written several times.",
        "LEVEL is application, frame or byte."
      })
  private List<String> traces = new ArrayList<>();

  @Option(
      names = "--capture",
      paramLabel = "FILE.pcapng",
      description = "Record all Modbus lines in a file for Wireshark.")
  private @Nullable Path capture;

  @Option(
      names = "--capture-ring",
      paramLabel = "SIZE",
      description = "Keep the newest of it only, over four files, such as 64MB.")
  private @Nullable String ring;

  /// Made by picocli.
  public WatchOptions() {}

  /// Whether text of the lines is printed.
  public boolean isTracing() {
    return !traces.isEmpty();
  }

  /// What these options ask for.
  ///
  /// @throws picocli.CommandLine.ParameterException if they are wrong, or name a line that the
  ///   plant has not
  public WatchPlan plan(CommandSpec spec, Plant plant) {
    PrintWriter err = spec.commandLine().getErr();
    return Usage.check(
        spec,
        () -> {
          List<TraceSpec> specs = traces.stream().map(TraceSpec::parse).toList();
          specs.forEach(each -> checkLine(each.line(), plant));
          return new WatchPlan(
              specs,
              target(capture, ring),
              BuildVersion.nameAndVersion(),
              line -> {
                err.println(line);
                err.flush();
              });
        });
  }

  static @Nullable CaptureTarget target(@Nullable Path file, @Nullable String ring) {
    if (file == null) {
      if (ring != null) {
        throw new IllegalArgumentException("a ring of what? write the file of the capture, too");
      }
      return null;
    }
    return new CaptureTarget(file, ring == null ? 0 : CaptureTarget.bytes(ring));
  }

  private static void checkLine(String name, Plant plant) {
    if (name.isEmpty()) {
      return;
    }
    List<String> names =
        plant.lines().stream()
            .filter(line -> !(line.transport() instanceof Transport.I2c))
            .map(LineSpec::name)
            .toList();
    if (!names.contains(name)) {
      String near = Suggestion.nearest(name, names);
      throw new IllegalArgumentException(
          "the plant has no Modbus line '%s'; %s"
              .formatted(
                  name,
                  near != null
                      ? "did you mean '" + near + "'?"
                      : "there are: " + String.join(", ", names)));
    }
  }
}
