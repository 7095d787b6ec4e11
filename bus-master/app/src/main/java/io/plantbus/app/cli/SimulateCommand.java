package io.plantbus.app.cli;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.run.Json;
import io.plantbus.app.run.StopSignal;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `simulate`: serves simulated slaves on real endpoints.
@Command(
    name = "simulate",
    description = "Serves simulated slaves on real endpoints, for any master.",
    footer = {"", "Example:", "  plantbus simulate bench.yaml"})
final class SimulateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BENCH.yaml", description = "The bench file.")
  private Path file = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "Stop after this time (default: at Ctrl-C).")
  private @Nullable Duration span;

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "Folder with profiles of your own.")
  private @Nullable Path profiles;

  @Option(names = "--json", description = "One JSON object per endpoint.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    Bench bench = ConfigurationFiles.valueOf(BenchFile.read(file, profiles, System::getenv));
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.PORT.code();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (Adapters adapters = new Adapters(NanoClock.system());
        ServedBench served = ServedBench.start(bench, adapters, folder)) {
      PrintWriter out = spec.commandLine().getOut();
      for (BenchLine line : bench.lines()) {
        EndpointText endpoint = EndpointText.of(line, served);
        if (json) {
          Json.print(out, endpoint::write);
        } else {
          endpoint.print(out);
        }
      }
      out.flush();
      stop.await(span == null ? Long.MAX_VALUE : span.toNanos());
      code = ExitCode.OK.code();
    } finally {
      stop.finished(code);
    }
    return code;
  }
}
