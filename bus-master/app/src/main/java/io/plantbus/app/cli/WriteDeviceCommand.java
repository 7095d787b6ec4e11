package io.plantbus.app.cli;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.Target;
import io.plantbus.app.device.WriteRequests;
import io.plantbus.app.run.Json;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `write`: writes values to one device in one request, and tells what the device said.
@Command(
    name = "write",
    description = {
      "Writes values to one device in one request, and tells what became of it.",
      "That is: acknowledged, refused, or unknown where no valid answer came. Nothing is sent twice."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus write tcp://127.0.0.1:1502 --unit 1 holding:100 --type float32 21.5",
      "  plantbus write tcp://127.0.0.1:1502 --unit 1 coil:0 on",
      "  plantbus write -m rtu -a 3 -r 101 /dev/ttyUSB0 42 -7"
    })
final class WriteDeviceCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "ENDPOINT ADDRESS VALUE",
      hideParamSyntax = true,
      description = {
        "The endpoint, the address of the first value, and the values; without the address where"
            + " -r gives it. See 'plantbus read --help'.",
        "-0 among them lets -r count from 0."
      })
  private List<String> words = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private PointOptions points = new PointOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    if (words.removeIf("-0"::equals)) {
      points.countFromZero();
    }
    refuseUnknownOptions();
    Usage.check(spec, connection::unit);
    Endpoint endpoint = Usage.check(spec, () -> connection.endpoint(words.getFirst()));
    int first = points.isReference() ? 1 : 2;
    List<String> values = words.subList(Math.min(first, words.size()), words.size());
    if (values.isEmpty()) {
      throw Usage.error(
          spec,
          points.isReference()
              ? "the value is missing: write ENDPOINT VALUE"
              : "address and value are needed: write ENDPOINT ADDRESS VALUE, such as holding:100 21.5");
    }
    String address = points.isReference() ? null : words.get(1);
    Target target = Usage.check(spec, () -> points.target(address, values.size()));
    Request request = Usage.check(spec, () -> WriteRequests.of(target, values));
    try (DeviceSession device =
        new DeviceSession(endpoint, connection, spec.commandLine().getErr())) {
      Exchange exchange = device.call(request);
      print(device, exchange, target, values);
      return DeviceSession.isSuccess(exchange.outcome())
          ? ExitCode.OK.code()
          : ExitCode.DEVICE.code();
    }
  }

  private void print(DeviceSession device, Exchange exchange, Target target, List<String> values) {
    if (json) {
      Json.print(
          spec.commandLine().getOut(),
          members -> {
            device.describe(members, exchange);
            members.writeStringField("write", word(exchange.outcome()));
          });
      return;
    }
    RegisterAddress address = new RegisterAddress(target.table(), target.address());
    String what =
        "%s (%s) %s = %s"
            .formatted(
                address.named(),
                address.modicon(),
                ElementText.type(target),
                String.join(" ", values));
    if (DeviceSession.isSuccess(exchange.outcome())) {
      spec.commandLine().getOut().println(device.heading());
      spec.commandLine()
          .getOut()
          .println(
              "%s: %s, round trip %s"
                  .formatted(
                      what,
                      word(exchange.outcome()),
                      DeviceSession.millis(exchange.roundTripNanos())));
    } else {
      spec.commandLine().getOut().println(device.heading());
      throw new CommandFailure(
          ExitCode.DEVICE,
          what + ": " + word(exchange.outcome()) + "; " + device.sentence(exchange.outcome()));
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _ -> "acknowledged";
      case Outcome.Refused _ -> "refused";
      case Outcome.Broadcast _ -> "sent to all, acknowledged by nobody";
      case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _ ->
          "unknown, the device may or may not have done it";
    };
  }

  /// Negative numbers reach this command as words, and so do misspelt options.
  private void refuseUnknownOptions() {
    List<String> unknown =
        words.stream().filter(word -> word.matches("-[^0-9.].*|-{2,}.*")).toList();
    if (!unknown.isEmpty()) {
      throw new UnmatchedArgumentException(spec.commandLine(), unknown);
    }
  }
}
