package io.plantbus.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.app.trace.TapPump;
import io.plantbus.app.trace.TextWatcher;
import io.plantbus.app.trace.TraceSpec;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.trace.TraceLevel;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// What the commands for one device have in common: the device, and how it is told of.
public final class DeviceSession implements AutoCloseable {
  private final Endpoint endpoint;
  private final ConnectionOptions options;
  private final Adapters adapters = new Adapters(NanoClock.system());
  private final SingleDevice device;
  private final TapPump trace;

  /// @param err where a trace goes
  public DeviceSession(Endpoint endpoint, ConnectionOptions options, PrintWriter err) {
    this.endpoint = endpoint;
    this.options = options;
    LineTap tap = new LineTap(tapped());
    this.trace = new TapPump(adapters.clock(), err::println);
    TraceLevel level = options.trace();
    if (level != null) {
      TraceSpec spec = new TraceSpec(level, "", TraceText.ALL_UNITS);
      trace.add(tap, new TextWatcher(tap.line(), spec, 0, line -> println(err, line)), true);
    }
    trace.start();
    this.device = adapters.device(endpoint, options.connectTimeout(), tap);
  }

  private TappedLine tapped() {
    long timeout = options.timeout().toNanos();
    String name = endpoint.scheme();
    return switch (endpoint) {
      case Endpoint.Tcp tcp -> TappedLine.stream(name, tcp.place(), tcp.framing(), timeout);
      case Endpoint.Udp udp -> TappedLine.datagrams(name, udp.place(), timeout);
      case Endpoint.Serial serial ->
          TappedLine.serial(name, serial.device(), serial.framing(), serial.settings(), timeout);
    };
  }

  private static void println(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }

  NanoClock clock() {
    return adapters.clock();
  }

  /// Sends a request and waits for what becomes of it.
  ///
  /// @throws CommandFailure if it is a broadcast that only an answer makes sense of
  public Exchange call(Request request) throws PortException, InterruptedException {
    if (isBroadcast() && !request.isBroadcastable()) {
      throw noBroadcast();
    }
    return device.call(options.unit(), request, options.timeout().toNanos());
  }

  /// Whether requests go to every device on the line.
  public boolean isBroadcast() {
    return endpoint.takesBroadcasts() && options.unit().value() == UnitId.BROADCAST.value();
  }

  /// The complaint about a broadcast of what needs an answer.
  public static CommandFailure noBroadcast() {
    return new CommandFailure(
        ExitCode.USAGE,
        "unit 0 is every device on the line, and nobody answers that; write the unit id of one,"
            + " such as --unit 17");
  }

  /// The line above the results, with the settings of a serial line.
  public String heading() {
    String applied = device.appliedSettings();
    String at =
        switch (endpoint) {
          case Endpoint.Tcp _, Endpoint.Udp _ -> endpoint.place();
          case Endpoint.Serial serial ->
              endpoint.place()
                  + ", "
                  + (applied.isEmpty() ? serial.settings().toString() : applied);
        };
    return "%s, unit %s, time-out %s"
        .formatted(at, options.unit(), DurationConverter.format(options.timeout()));
  }

  /// What became of a request, in words.
  public String sentence(Outcome outcome) {
    return OutcomeText.sentence(
        outcome,
        "unit " + options.unit(),
        DurationConverter.format(options.timeout()),
        serialSettings());
  }

  private String serialSettings() {
    return switch (endpoint) {
      case Endpoint.Tcp _, Endpoint.Udp _ -> "";
      case Endpoint.Serial serial -> serial.settings().toString();
    };
  }

  /// Writes who was asked.
  public void describe(JsonGenerator json) throws IOException {
    json.writeStringField("endpoint", endpoint.toString());
    json.writeNumberField("unit", options.unit().value());
  }

  /// Writes who was asked and what became of it.
  public void describe(JsonGenerator json, Exchange exchange) throws IOException {
    describe(json);
    json.writeNumberField("function", exchange.request().functionCode());
    json.writeStringField("outcome", OutcomeText.word(exchange.outcome()));
    json.writeNumberField("roundTripMillis", exchange.roundTripNanos() / 1e6);
    if (!isSuccess(exchange.outcome())) {
      json.writeStringField("reason", sentence(exchange.outcome()));
    }
    if (exchange.outcome() instanceof Outcome.Refused(Response.Refusal refusal)) {
      json.writeNumberField("exception", refusal.code());
    }
  }

  /// Whether a request did what it was sent for.
  public static boolean isSuccess(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _, Outcome.Broadcast _ -> true;
      case Outcome.Refused _, Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _ -> false;
    };
  }

  /// A time in milliseconds, such as `1.25 ms`.
  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  @Override
  public void close() {
    device.close();
    trace.close();
    adapters.close();
  }
}
