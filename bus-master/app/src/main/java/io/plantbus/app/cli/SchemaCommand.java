package io.plantbus.app.cli;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.scenario.ScenarioFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `schema`: prints the JSON Schemas and key references that stand in the documentation.
@Command(
    name = "schema",
    hidden = true,
    description = "Prints a JSON Schema, or the reference of its keys.")
final class SchemaCommand implements Callable<Integer> {
  /// What can be printed.
  enum What {
    PLANT,
    BENCH,
    SCENARIO,
    PLANT_REFERENCE,
    BENCH_REFERENCE,
    SCENARIO_REFERENCE
  }

  @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
  private What what = What.PLANT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(text(what));
    return ExitCode.OK.code();
  }

  /// The text as it stands in the documentation.
  static String text(What what) {
    return switch (what) {
      case PLANT -> PlantFile.schema();
      case BENCH -> BenchFile.schema();
      case SCENARIO -> ScenarioFile.schema();
      case PLANT_REFERENCE -> PlantFile.reference("##");
      case BENCH_REFERENCE -> BenchFile.reference("##");
      case SCENARIO_REFERENCE -> ScenarioFile.reference("##");
    };
  }
}
