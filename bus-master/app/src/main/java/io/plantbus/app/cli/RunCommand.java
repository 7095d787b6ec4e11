package io.plantbus.app.cli;

import io.plantbus.app.apply.PlantSource;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.cli.trace.WatchOptions;
import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.live.PlainView;
import io.plantbus.app.live.PlantView;
import io.plantbus.app.observe.ObservationsFile;
import io.plantbus.app.proof.ProvenPlant;
import io.plantbus.app.run.PlantRun;
import io.plantbus.app.run.StopSignal;
import io.plantbus.app.run.Views;
import io.plantbus.app.trace.WatchPlan;
import io.plantbus.app.wiring.PlantBench;
import io.plantbus.hal.PortException;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.simulators.bench.Bench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `run`: runs a plant.
@Command(
    name = "run",
    description = "Runs a plant: polls its devices, works its loops, and shows them.",
    footer = {
      "",
      "Examples:",
      "  plantbus run plant.yaml",
      "  plantbus run plant.yaml --simulate --for 10s",
      "  plantbus run plant.yaml --trace frame:rs485/3 --capture plant.pcapng"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLANT.yaml", description = "The plant file.")
  private Path file = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "Stop after this time (default: at Ctrl-C).")
  private @Nullable Duration span;

  @Option(names = "--simulate", description = "Put simulated slaves behind every line.")
  private boolean simulate;

  @Option(
      names = "--bench",
      paramLabel = "BENCH.yaml",
      description = "With the slaves and the physics of a bench file; implies --simulate.")
  private @Nullable Path bench;

  @Option(names = "--json", description = "One JSON object per change, one per line.")
  private boolean json;

  @Mixin private WatchOptions watch = new WatchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    PlantSource source = ConfigurationFiles.valueOf(PlantSource.read(file, System::getenv));
    PlantFile plant = source.plant();
    ProvenPlant proven = ProvenPlant.of(file, plant, Assumptions.DEFAULT);
    warn(proven);
    WatchPlan watching = watch.plan(spec, plant.plant());
    Bench slaves = simulate || bench != null ? bench(plant) : null;
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.INTERNAL.code();
    try (PlantView view = view(plant)) {
      PlantRun run =
          new PlantRun(PlantVersion.first(source, proven.proof(), Instant.now()), span, stop, view)
              .watching(watching);
      if (slaves == null) {
        run.remembering(ObservationsFile.beside(file));
      }
      boolean safe = slaves == null ? run.onHardware() : run.simulated(slaves, _ -> {});
      code = safe ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    } finally {
      spec.commandLine().getOut().flush();
      stop.finished(code);
    }
    return code;
  }

  /// A plant that cannot keep every deadline runs nevertheless, as well as it can.
  private void warn(ProvenPlant plant) {
    String warning = plant.warning();
    if (!warning.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(warning);
      err.flush();
    }
  }

  /// A trace is read line by line, and would spoil a table that is drawn in place.
  private PlantView view(PlantFile plant) {
    PrintWriter out = spec.commandLine().getOut();
    return watch.isTracing() && !json
        ? new PlainView(out)
        : Views.choose(plant.plant().name(), json, out);
  }

  private Bench bench(PlantFile plant) {
    return bench == null
        ? PlantBench.of(plant.plant())
        : ConfigurationFiles.valueOf(BenchFile.read(bench, null, System::getenv));
  }
}
