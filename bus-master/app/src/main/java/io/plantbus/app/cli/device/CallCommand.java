package io.plantbus.app.cli.device;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ConnectionOptions;
import io.plantbus.app.cli.DeviceSession;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.device.AnswerText;
import io.plantbus.app.device.ByteText;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.FunctionName;
import io.plantbus.app.device.RawCall;
import io.plantbus.app.run.Json;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `call`: sends any function code with any data, and shows what comes back.
@Command(
    name = "call",
    description = {
      "Sends any function code with any data, once, and shows the answer byte by byte.",
      "Nothing is asked before a function that writes is sent, and nothing is read back afterwards."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus call tcp://127.0.0.1:1502 --unit 17 3 00 64 00 02",
      "  plantbus call 'rtu:/dev/ttyUSB0?baud=9600&format=8N1' --unit 17 0x42 0102ff",
      "  plantbus call tcp://127.0.0.1:1502 --unit 17 8 00 00 ca fe"
    })
public final class CallCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENDPOINT", description = "As for 'plantbus read'.")
  private String endpoint = "";

  @Parameters(
      index = "1",
      paramLabel = "FUNCTION",
      description = "Function code 1..127, or 0x01..0x7f in hexadecimal.")
  private String function = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "HEX",
      description = "The bytes after it, two hexadecimal digits each; at most 252.")
  private List<String> data = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    Usage.check(spec, connection::unit);
    RawCall call = Usage.check(spec, () -> RawCall.of(function, data));
    try (DeviceSession device =
        new DeviceSession(
            Usage.check(spec, () -> connection.endpoint(endpoint)),
            connection,
            spec.commandLine().getErr())) {
      if (device.isBroadcast() && call.needsAnswer()) {
        throw DeviceSession.noBroadcast();
      }
      Exchange exchange = device.call(call.request());
      if (json) {
        Json.print(
            spec.commandLine().getOut(),
            members -> {
              device.describe(members, exchange);
              write(members, call, exchange.outcome());
            });
      } else {
        print(device, call, exchange);
      }
      return DeviceSession.isSuccess(exchange.outcome())
          ? ExitCode.OK.code()
          : ExitCode.DEVICE.code();
    }
  }

  private void print(DeviceSession device, RawCall call, Exchange exchange) {
    PrintWriter out = spec.commandLine().getOut();
    Request.Raw request = call.request();
    out.println(device.heading());
    out.println(
        "%-8s %02x %s  function %d, %s"
            .formatted(
                "request",
                request.functionCode(),
                ByteText.hex(request.data()),
                request.functionCode(),
                FunctionName.of(request.functionCode())));
    String answer = answer(call, exchange.outcome());
    if (!answer.isEmpty()) {
      out.println("%-8s %s".formatted("answer", answer));
    }
    rows(call, exchange.outcome()).forEach(row -> out.println("  " + row));
    List<String> remarks = remarks(call, exchange.outcome());
    remarks.forEach(remark -> out.println("remark: " + remark));
    if (!DeviceSession.isSuccess(exchange.outcome())) {
      throw new CommandFailure(ExitCode.DEVICE, device.sentence(exchange.outcome()));
    }
    out.println("round trip " + DeviceSession.millis(exchange.roundTripNanos()));
  }

  /// The protocol data unit that came, or nothing.
  private static String answer(RawCall call, Outcome outcome) {
    int code = call.request().functionCode();
    return switch (outcome) {
      case Outcome.Answered(Response.UserDefined(var data)) ->
          "%02x %s".formatted(code, ByteText.hex(data)).strip();
      case Outcome.Refused(Response.Refusal(int exception)) ->
          "%02x %02x".formatted(code | 0x80, exception);
      case Outcome.Answered _,
          Outcome.Silence _,
          Outcome.Noise _,
          Outcome.Aborted _,
          Outcome.Broadcast _ ->
          "";
    };
  }

  private static List<String> rows(RawCall call, Outcome outcome) {
    Request known = call.known();
    if (known == null || !(outcome instanceof Outcome.Answered(Response answered))) {
      return List.of();
    }
    Response decoded = call.decoded(answered);
    return decoded == null ? List.of() : AnswerText.rows(known, decoded);
  }

  private static List<String> remarks(RawCall call, Outcome outcome) {
    List<String> remarks = new ArrayList<>();
    if (call.known() == null && !call.isOfMaker()) {
      remarks.add("these are no data that the specification knows for this function");
    }
    if (outcome instanceof Outcome.Answered(Response answered)
        && call.known() != null
        && call.decoded(answered) == null) {
      remarks.add("this is no answer to the request by the specification");
    }
    if (call.writes() || call.isOfMaker()) {
      remarks.add(
          switch (outcome) {
            case Outcome.Answered _ ->
                "not confirmed: only the device says that it did it; read back what it changed";
            case Outcome.Broadcast _ -> "not confirmed: nobody answers; read back what it changed";
            case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _ ->
                "not confirmed: the device may or may not have done it";
            case Outcome.Refused _ -> "the device says that it did not do it";
          });
    }
    return remarks;
  }

  private static void write(JsonGenerator json, RawCall call, Outcome outcome) throws IOException {
    json.writeStringField("data", ByteText.hex(call.request().data()));
    json.writeStringField("answer", answer(call, outcome));
    array(json, "decoded", rows(call, outcome));
    array(json, "remarks", remarks(call, outcome));
  }

  private static void array(JsonGenerator json, String name, List<String> rows) throws IOException {
    json.writeArrayFieldStart(name);
    for (String row : rows) {
      json.writeString(row);
    }
    json.writeEndArray();
  }
}
