package io.plantbus.app.cli;

import io.plantbus.app.cli.device.CallCommand;
import io.plantbus.app.cli.device.DiagnoseCommand;
import io.plantbus.app.cli.device.IdentifyCommand;
import io.plantbus.app.cli.trace.CaptureCommand;
import io.plantbus.app.cli.trace.ReplayCommand;
import io.plantbus.app.cli.trace.TraceCommand;
import io.plantbus.app.cli.trace.TwinCommand;
import io.plantbus.devices.document.Suggestion;
import io.plantbus.hal.PortException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `plantbus` itself: holds the commands, and turns failures into messages and exit codes.
@Command(
    name = "plantbus",
    description = "Masters and simulates industrial devices over Modbus RTU, Modbus TCP and I2C.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      ReadCommand.class,
      WriteDeviceCommand.class,
      PollCommand.class,
      IdentifyCommand.class,
      DiagnoseCommand.class,
      CallCommand.class,
      ApplyCommand.class,
      StatusCommand.class,
      TraceCommand.class,
      CaptureCommand.class,
      TwinCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      SoakCommand.class,
      DemoCommand.class,
      SchemaCommand.class
    })
public final class PlantbusCommand implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log changes of health, and show where a defect comes from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  /// Made by [#execute(PrintWriter, PrintWriter, String...)].
  PlantbusCommand() {
    spec = CommandSpec.create();
  }

  /// Runs one command.
  ///
  /// @param out where results go
  /// @param err where complaints go
  /// @return an exit code, see [ExitCode]
  public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    PlantbusCommand root = new PlantbusCommand();
    CommandLine line = new CommandLine(root);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setParameterExceptionHandler(usage());
    line.setExecutionExceptionHandler(root.failure());
    for (CommandLine each : line.getSubcommands().values()) {
      // A negative number is a value there, not an option.
      each.setUnmatchedOptionsArePositionalParams(each.getCommandName().equals("write"));
    }
    line.setExecutionStrategy(
        parsed -> {
          if (root.isVerbose()) {
            Logging.beVerbose();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    listExitCodes(line);
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private boolean isVerbose() {
    return verbose || System.getenv("PLANTBUS_DEBUG") != null;
  }

  private static void listExitCodes(CommandLine line) {
    String[] codes = ExitCode.list().toArray(String[]::new);
    line.getCommandSpec().usageMessage().exitCodeList(codes(codes));
    for (CommandLine each : line.getSubcommands().values()) {
      each.getCommandSpec().usageMessage().exitCodeList(codes(codes));
    }
  }

  private static Map<String, String> codes(String... list) {
    return CommandLine.Model.UsageMessageSpec.keyValuesMap(list);
  }

  private static IParameterExceptionHandler usage() {
    return (wrong, _) -> {
      CommandLine line = wrong.getCommandLine();
      PrintWriter err = line.getErr();
      err.println(line.getCommandSpec().qualifiedName() + ": " + sentence(wrong));
      if (wrong instanceof UnmatchedArgumentException unmatched) {
        suggest(unmatched, err);
      }
      err.println(
          "Try '%s --help' for what can be written."
              .formatted(line.getCommandSpec().qualifiedName()));
      return ExitCode.USAGE.code();
    };
  }

  private static void suggest(UnmatchedArgumentException unmatched, PrintWriter err) {
    CommandSpec command = unmatched.getCommandLine().getCommandSpec();
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    command.options().forEach(option -> known.addAll(List.of(option.names())));
    String near = Suggestion.nearest(unmatched.getUnmatched().getFirst(), known);
    if (near != null) {
      err.println("Did you mean: " + command.qualifiedName() + " " + near);
    }
  }

  private static String sentence(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    if (wrong.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return message;
  }

  private IExecutionExceptionHandler failure() {
    return (failure, line, _) -> {
      PrintWriter err = line.getErr();
      String name = line.getCommandSpec().qualifiedName();
      if (failure instanceof CommandFailure told) {
        err.println(name + ": " + told.getMessage());
        return told.exitCode().code();
      }
      if (failure instanceof PortException lost) {
        err.println(name + ": " + lost.getMessage());
        return ExitCode.PORT.code();
      }
      err.println(name + ": a defect of Plantbus: " + failure);
      if (isVerbose()) {
        failure.printStackTrace(err);
      } else {
        err.println("Run it again with --verbose and report what it prints.");
      }
      return ExitCode.INTERNAL.code();
    };
  }
}
