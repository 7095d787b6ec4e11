package io.plantbus.app.cli;

import io.plantbus.app.apply.PlantSource;
import io.plantbus.app.control.ChangeRequest;
import io.plantbus.app.control.Changer;
import io.plantbus.app.control.ControlClient;
import io.plantbus.app.control.ControlException;
import io.plantbus.app.control.ControlFolder;
import io.plantbus.app.live.TerminalWidth;
import io.plantbus.devices.document.Reading;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `apply`: changes a running plant into what a file says, without a stop.
@Command(
    name = "apply",
    description = {
      "Changes a running plant into what its file says now, without a stop. The file is checked and"
          + " proven, and what changes is told and confirmed before anything is applied.",
      "What stays as it is goes on undisturbed."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus apply plant.yaml --plan",
      "  plantbus apply plant.yaml",
      "  plantbus apply plant.yaml --yes",
      "  plantbus apply --previous --yes"
    })
final class ApplyCommand implements Callable<Integer> {
  private static final int MOST_PATH_CHARACTERS = 1000;

  @Parameters(
      arity = "0..1",
      paramLabel = "PLANT",
      description =
          "The plant file; with --previous, the name of a running plant or its file, not needed if"
              + " only one runs.")
  private String plant = "";

  @Option(names = "--previous", description = "Restore what ran before the last change.")
  private boolean previous;

  @Option(names = "--plan", description = "Tell what would change, and change nothing.")
  private boolean planOnly;

  @Option(names = "--yes", description = "Apply it without being asked.")
  private boolean yes;

  @Option(
      names = "--force",
      description = "Apply a plant although a line of it cannot keep every deadline.")
  private boolean force;

  @Option(names = "--json", description = "One JSON object for the plan, one for what was done.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (plant.isEmpty() && !previous) {
      throw usage("name the plant file, or write --previous");
    }
    if (!planOnly && !yes && (json || !TerminalWidth.isTerminal())) {
      throw usage("there is no terminal to ask on: write --plan to see what changes, or --yes");
    }
    try (ControlClient client = connect()) {
      return run(client);
    } catch (ControlException failure) {
      throw new CommandFailure(ExitCode.PORT, String.valueOf(failure.getMessage()));
    } catch (IOException _) {
      throw new CommandFailure(ExitCode.PORT, "the plant has stopped");
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /// A file with mistakes may have lost its plant's name: then it is meant for the only plant that
  /// runs, which tells what is wrong with it. Without such a plant it is told here.
  private ControlClient connect() throws ControlException {
    if (previous) {
      return ControlClient.connect(ControlFolder.ofUser(), PlantName.of(plant));
    }
    Reading<PlantSource> reading = PlantSource.read(Path.of(plant), System::getenv);
    PlantSource read = reading.value();
    try {
      return ControlClient.connect(
          ControlFolder.ofUser(), read == null ? "" : read.plant().plant().name());
    } catch (ControlException failure) {
      if (read == null) {
        throw new CommandFailure(
            ExitCode.CONFIGURATION, ConfigurationFiles.told(reading.problems()));
      }
      throw failure;
    }
  }

  private int run(ControlClient client) throws ControlException, IOException {
    String file = previous ? "" : Path.of(plant).toAbsolutePath().normalize().toString();
    if (file.length() > MOST_PATH_CHARACTERS) {
      throw usage("the path is too long: copy the file to a shorter one");
    }
    Changer.Answer plan = client.plan(new ChangeRequest(file, json));
    if (plan.digest().isEmpty()) {
      return told(plan);
    }
    print(plan.rows());
    boolean rejected = plan.kind() == Changer.Kind.REJECTED;
    if (planOnly) {
      return (rejected ? ExitCode.PLAN : ExitCode.OK).code();
    }
    if (rejected && !force) {
      throw new CommandFailure(
          ExitCode.PLAN,
          "nothing was applied: a line cannot keep every deadline; 'plantbus check' tells why, and"
              + " what would; --force applies it nevertheless");
    }
    if (!yes && !isWanted()) {
      print(List.of("nothing was applied"));
      return ExitCode.OK.code();
    }
    return told(client.apply(plan.digest(), json));
  }

  @SuppressWarnings("SystemConsoleNull") // with JDK 25 it is null again where there is no terminal
  private static boolean isWanted() {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("%nApply this? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /// Says what came of it; what was not done goes where complaints go.
  private int told(Changer.Answer answer) {
    ExitCode code =
        switch (answer.kind()) {
          case DONE, NOTHING, READY -> ExitCode.OK;
          case REJECTED -> ExitCode.PLAN;
          case WRONG, REFUSED -> ExitCode.CONFIGURATION;
          case FAILED -> ExitCode.PORT;
        };
    if (code == ExitCode.OK || json) {
      print(answer.rows());
      return code.code();
    }
    throw new CommandFailure(code, String.join(System.lineSeparator(), answer.rows()));
  }

  private void print(List<String> rows) {
    PrintWriter out = spec.commandLine().getOut();
    rows.forEach(out::println);
    out.flush();
  }
}
