package io.plantbus.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchLine.Content;
import io.plantbus.simulators.bench.BenchLine.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a simulated line is reached, and how to read it.
///
/// @param line its name
/// @param endpoint as `plantbus read` takes it; empty for an I2C bus
/// @param mbpoll options of mbpoll that reach it; empty if none do
/// @param detail what else there is to know of it
/// @param units Modbus slaves on it
/// @param targets I2C slaves on it
record EndpointText(
    String line,
    String endpoint,
    String mbpoll,
    String detail,
    List<Unit> units,
    List<BenchLine.Target> targets) {

  static EndpointText of(BenchLine line, ServedBench served) {
    return switch (line) {
      case BenchLine.Serial serial -> {
        String path = served.path(serial).toString();
        var settings = serial.settings();
        boolean rtu = serial.framing() == SerialFraming.RTU;
        yield new EndpointText(
            serial.name(),
            "%s:%s?baud=%d&format=%s"
                .formatted(rtu ? "rtu" : "ascii", path, settings.baud(), settings.format()),
            rtu
                ? "-m rtu -b %d -P %s %s"
                    .formatted(
                        settings.baud(), settings.parity().name().toLowerCase(Locale.ROOT), path)
                : "",
            ", " + settings + " on a pseudo terminal",
            serial.units(),
            List.of());
      }
      case BenchLine.Tcp tcp -> ofTcp(tcp, served.port(tcp));
      case BenchLine.Udp udp ->
          new EndpointText(
              udp.name(),
              "udp://" + udp.host() + ":" + served.port(udp),
              "",
              "",
              udp.units(),
              List.of());
      case BenchLine.I2c i2c ->
          new EndpointText(
              i2c.name(), "", "", "I2C, within this process only", List.of(), i2c.targets());
    };
  }

  private static EndpointText ofTcp(BenchLine.Tcp tcp, int port) {
    String at = tcp.host() + ":" + port;
    boolean plain = tcp.framing() == StreamFraming.MBAP && tcp.tls() == null;
    String endpoint =
        switch (tcp.framing()) {
          case MBAP ->
              tcp.tls() == null
                  ? "tcp://" + at
                  : "tls://" + at + "?certificate=OWN.pem&key=OWN.key&trust=CA.pem";
          case RTU -> "rtu+tcp://" + at;
          case ASCII -> "ascii+tcp://" + at;
        };
    return new EndpointText(
        tcp.name(),
        endpoint,
        plain ? "-m tcp -p " + port + " " + tcp.host() : "",
        "",
        tcp.units(),
        List.of());
  }

  void print(PrintWriter out) {
    out.println("%s: %s%s".formatted(line, endpoint, detail));
    for (Unit unit : units) {
      out.println("  unit %s: %s, %s".formatted(unit.unit(), unit.name(), content(unit)));
    }
    for (BenchLine.Target target : targets) {
      out.println(
          "  address %s: %s, %s"
              .formatted(target.address(), target.name(), target.profile().name()));
    }
    if (!units.isEmpty()) {
      Unit unit = units.getFirst();
      RegisterAddress address = first(unit);
      if (address != null) {
        out.println(
            "  read it with: plantbus read '%s' --unit %s %s"
                .formatted(endpoint, unit.unit(), address.named()));
        if (!mbpoll.isEmpty()) {
          int at = mbpoll.lastIndexOf(' ');
          out.println(
              "            or: mbpoll %s -a %s -t %d -r %d -1 %s"
                  .formatted(
                      mbpoll.substring(0, at),
                      unit.unit(),
                      address.table().modiconDigit(),
                      address.address() + 1,
                      mbpoll.substring(at + 1)));
        }
      }
    }
  }

  private static String content(Unit unit) {
    List<String> functions = unit.services().functionCodes().stream().map(String::valueOf).toList();
    return functions.isEmpty()
        ? held(unit)
        : held(unit) + "; functions " + String.join(", ", functions);
  }

  private static String held(Unit unit) {
    return switch (unit.content()) {
      case Content.Profile(var profile, _) -> profile.name();
      case Content.Replay(var recording, _) -> "replay, " + ranges(recording.tables());
      case Content.Tables(var tables) -> ranges(tables);
    };
  }

  private static String ranges(List<RawTable> tables) {
    return String.join(
        ", ", tables.stream().map(table -> table.table().keyword() + ":" + table.range()).toList());
  }

  private static @Nullable RegisterAddress first(Unit unit) {
    switch (unit.content()) {
      case Content.Profile(var profile, _) -> {
        for (DeviceResource resource : profile.resources()) {
          if (resource.access().canRead()
              && resource.point() instanceof Point.Modbus(DataTable table, var range, _)) {
            return new RegisterAddress(table, range.start());
          }
        }
        return null;
      }
      case Content.Replay(var recording, _) -> {
        return first(recording.tables());
      }
      case Content.Tables(var tables) -> {
        return first(tables);
      }
    }
  }

  private static @Nullable RegisterAddress first(List<RawTable> tables) {
    return tables.isEmpty()
        ? null
        : new RegisterAddress(tables.getFirst().table(), tables.getFirst().range().start());
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("line", line);
    json.writeStringField("endpoint", endpoint);
    json.writeArrayFieldStart("units");
    for (Unit unit : units) {
      json.writeStartObject();
      json.writeNumberField("unit", unit.unit().value());
      json.writeStringField("name", unit.name());
      json.writeStringField("content", content(unit));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
