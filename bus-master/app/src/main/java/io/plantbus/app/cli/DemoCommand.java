package io.plantbus.app.cli;

import io.plantbus.app.apply.PlantSource;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.live.PlantView;
import io.plantbus.app.run.PlantRun;
import io.plantbus.app.run.StopSignal;
import io.plantbus.app.run.Views;
import io.plantbus.hal.PortException;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `demo`: the pump station that is part of Plantbus.
@Command(name = "demo", description = "Runs a pump station on simulated slaves, without hardware.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "Stop after this time (default: at Ctrl-C).")
  private @Nullable Duration span;

  @Option(names = "--json", description = "One JSON object per change, one per line.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException, IOException {
    String text = plantText();
    PlantFile plant = PlantFile.parse("pump-station.yaml", text, _ -> null).valueOrThrow();
    PlantVersion version =
        PlantVersion.first(
            PlantSource.of(text, plant),
            PlanProof.of(plant.plant(), Observations.NONE),
            Instant.now());
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.INTERNAL.code();
    try (PlantView view = Views.choose(plant.plant().name(), json, spec.commandLine().getOut())) {
      boolean safe =
          new PlantRun(version, span, stop, view)
              .orAnyScadaPort()
              .simulated(BenchDocument.pumpStation(), _ -> {});
      code = safe ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    } finally {
      spec.commandLine().getOut().flush();
      stop.finished(code);
    }
    return code;
  }

  private static String plantText() throws IOException {
    try (InputStream stream =
        PlantFile.class.getResourceAsStream("/io/plantbus/app/demo/pump-station.yaml")) {
      if (stream == null) {
        throw new IllegalStateException("pump-station.yaml is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
