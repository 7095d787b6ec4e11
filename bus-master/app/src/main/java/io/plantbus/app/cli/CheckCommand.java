package io.plantbus.app.cli;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.config.TlsCheck;
import io.plantbus.app.proof.PlanJson;
import io.plantbus.app.proof.PlanTable;
import io.plantbus.app.proof.ProvenPlant;
import io.plantbus.app.run.Json;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import io.plantbus.master.proof.load.Assumptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `check`: tells every mistake of a plant file, or what will be asked of which device, and whether
/// that keeps its deadlines.
@Command(
    name = "check",
    description = {
      "Tells every mistake of a plant file at once, or what it will do, and proves that every value"
          + " comes in time.",
      "It opens the TLS files that the plant names, too."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus check plant.yaml",
      "  plantbus check plant.yaml --tags",
      "  plantbus check plant.yaml --writes 20"
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLANT.yaml", description = "The plant file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Option(names = "--tags", description = "List how old each value gets at worst.")
  private boolean tags;

  @Option(
      names = "--writes",
      paramLabel = "N",
      description =
          "Writes per second and line to count on, beside those of loops, 0..10000 (default: 1).")
  private double writes = Assumptions.DEFAULT.writesPerSecond();

  @Option(
      names = "--writes-at-once",
      paramLabel = "N",
      description = "How many of them may wait at the same time, 1..256 (default: 1).")
  private int writesAtOnce = Assumptions.DEFAULT.writesAtOnce();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Assumptions assumptions = assumptions();
    Reading<PlantFile> reading = PlantFile.read(file, System::getenv);
    List<Problem> problems = new ArrayList<>(reading.problems());
    PlantFile read = reading.value();
    if (read != null) {
      problems.addAll(TlsCheck.of(read, Instant.now()));
    }
    PlantFile plant = problems.stream().anyMatch(Problem::isError) ? null : read;
    ProvenPlant proven = plant == null ? null : ProvenPlant.of(file, plant, assumptions);
    if (json) {
      print(problems, proven);
    } else if (proven == null) {
      throw new CommandFailure(ExitCode.CONFIGURATION, ConfigurationFiles.told(problems));
    } else {
      tell(problems, proven);
    }
    if (proven == null) {
      return ExitCode.CONFIGURATION.code();
    }
    return proven.proof().isRejected() ? ExitCode.PLAN.code() : ExitCode.OK.code();
  }

  private Assumptions assumptions() {
    try {
      return new Assumptions(writes, writesAtOnce);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void print(List<Problem> problems, @Nullable ProvenPlant proven) {
    Json.print(
        spec.commandLine().getOut(),
        members -> {
          members.writeBooleanField("valid", proven != null);
          ConfigurationFiles.write(members, problems);
          if (proven != null) {
            PlantSummary.write(members, proven.plant());
            new PlanJson(proven, System::getenv).write(members);
          }
        });
  }

  private void tell(List<Problem> problems, ProvenPlant proven) {
    PrintWriter out = spec.commandLine().getOut();
    for (Problem warning : problems) {
      out.println(warning);
    }
    PlantSummary.print(out, file, proven.plant());
    PlanTable table = new PlanTable(proven, System::getenv);
    table.print(out);
    if (tags) {
      table.printTags(out);
    }
  }
}
