package io.plantbus.app.cli.device;

import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ConnectionOptions;
import io.plantbus.app.cli.DeviceSession;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.diagnosis.Diagnosis;
import io.plantbus.app.device.diagnosis.EchoTest;
import io.plantbus.app.run.Json;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `diagnose`: asks a device how its communication does.
@Command(
    name = "diagnose",
    description = {
      "Asks a device how its communication does: counters, events, and an echo test.",
      "By functions 8, 7, 11 and 12; what the device does not support is told and left out."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus diagnose tcp://127.0.0.1:1502 --unit 3",
      "  plantbus diagnose 'rtu:/dev/ttyUSB0?baud=9600&format=8N1' --unit 17 --echo 100",
      "  plantbus diagnose /dev/ttyUSB0 --unit 17 --clear"
    })
public final class DiagnoseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENDPOINT", description = "As for 'plantbus read'.")
  private String endpoint = "";

  @Option(
      names = "--echo",
      paramLabel = "N",
      description = "Before, have the device send back data N times, 1..100000.")
  private int echo;

  @Option(
      names = "--clear",
      description = "Afterwards, clear its counters and its diagnostic register.")
  private boolean clear;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    Usage.check(spec, connection::unit);
    int rounds = Usage.check(spec, this::rounds);
    try (DeviceSession device =
        new DeviceSession(
            Usage.check(spec, () -> connection.endpoint(endpoint)),
            connection,
            spec.commandLine().getErr())) {
      Diagnosis diagnosis = Diagnosis.of(device::call, rounds, clear);
      boolean success = isSuccess(diagnosis);
      if (json) {
        Json.print(
            spec.commandLine().getOut(),
            members -> {
              device.describe(members);
              DiagnosisText.write(members, diagnosis);
            });
      } else {
        print(device, diagnosis);
      }
      return success ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    }
  }

  /// @throws IllegalArgumentException with what to write instead
  private int rounds() {
    if (spec.commandLine().getParseResult().hasMatchedOption("--echo")
        && (echo < 1 || echo > EchoTest.MAX_ROUNDS)) {
      throw new IllegalArgumentException(
          "--echo takes 1..%d, was %d".formatted(EchoTest.MAX_ROUNDS, echo));
    }
    return echo;
  }

  /// Whether the device told anything, every echo came back and the counters were cleared if asked.
  private static boolean isSuccess(Diagnosis diagnosis) {
    EchoTest echo = diagnosis.echo();
    Exchange cleared = diagnosis.cleared();
    return diagnosis.isAnswered()
        && (echo == null || echo.lost() == 0)
        && (cleared == null || cleared.outcome() instanceof Outcome.Answered);
  }

  private void print(DeviceSession device, Diagnosis diagnosis) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(device.heading());
    if (!diagnosis.isAnswered()) {
      Exchange first = diagnosis.exchanges().getFirst();
      throw new CommandFailure(
          ExitCode.DEVICE,
          first.outcome() instanceof Outcome.Refused
                  && diagnosis.exchanges().size() > Diagnosis.WORDS.size()
              ? "it supports none of functions 7, 8, 11 and 12; it answers, but does not count"
              : device.sentence(first.outcome()));
    }
    DiagnosisText.rows(diagnosis).forEach(out::println);
  }
}
