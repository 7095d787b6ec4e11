package io.plantbus.app.cli;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.config.TlsCheck;
import io.plantbus.app.run.Json;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `check`: tells every mistake of a plant file, or what will be asked of which device.
@Command(
    name = "check",
    description = {
      "Tells every mistake of a plant file at once, or what it will do.",
      "It opens the TLS files that the plant names, too."
    },
    footer = {"", "Example:", "  plantbus check plant.yaml"})
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLANT.yaml", description = "The plant file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Reading<PlantFile> reading = PlantFile.read(file, System::getenv);
    List<Problem> problems = new ArrayList<>(reading.problems());
    PlantFile read = reading.value();
    if (read != null) {
      problems.addAll(TlsCheck.of(read, Instant.now()));
    }
    PlantFile plant = problems.stream().anyMatch(Problem::isError) ? null : read;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(
          out,
          members -> {
            members.writeBooleanField("valid", plant != null);
            ConfigurationFiles.write(members, problems);
            if (plant != null) {
              PlantSummary.write(members, plant);
            }
          });
    } else if (plant != null) {
      for (Problem warning : problems) {
        out.println(warning);
      }
      PlantSummary.print(out, file, plant);
    } else {
      throw new CommandFailure(ExitCode.CONFIGURATION, ConfigurationFiles.told(problems));
    }
    return plant == null ? ExitCode.CONFIGURATION.code() : ExitCode.OK.code();
  }
}
