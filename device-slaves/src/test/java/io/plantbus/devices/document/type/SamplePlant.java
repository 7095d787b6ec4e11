package io.plantbus.devices.document.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small description with one of everything.
final class SamplePlant {
  private SamplePlant() {}

  enum Parity {
    NONE,
    EVEN
  }

  sealed interface Line {
    record Serial(String port, int baud, Parity parity) implements Line {}

    record Tcp(String host, int port) implements Line {}
  }

  record Device(
      Located<String> line, int unit, Duration every, @Nullable Double scale, List<String> tags) {
    Device {
      if (scale != null && scale == 0) {
        throw new IllegalArgumentException("scale must not be 0");
      }
    }
  }

  record Plant(Map<String, Line> lines, Map<String, Device> devices) {}

  static final ObjectType<Line.Serial> SERIAL =
      ObjectType.of(
          "serial line",
          "A serial port.",
          keys -> {
            Key<String> port = keys.required("port", Types.text(), "Device file.");
            Key<Integer> baud =
                keys.optional(
                    "baud",
                    Types.integerOneOf("a usable baud rate", 9600, 19200, 115200),
                    "19200",
                    "Bits per second.");
            Key<Parity> parity =
                keys.optional(
                    "parity",
                    ChoiceType.of("none", Parity.NONE)
                        .or("even", Parity.EVEN)
                        .alias("none", "N")
                        .alias("even", "E"),
                    "even",
                    "Parity bit: none | even.");
            return fields ->
                new Line.Serial(fields.get(port), fields.get(baud), fields.get(parity));
          });

  static final ObjectType<Line.Tcp> TCP =
      ObjectType.of(
          "TCP line",
          "A server.",
          keys -> {
            Key<String> host = keys.required("host", Types.text(), "Name or address.");
            Key<Integer> port = keys.optional("port", Types.integer(1, 65535), "502", "Port.");
            return fields -> new Line.Tcp(fields.get(host), fields.get(port));
          });

  static final VariantType<Line> LINE =
      VariantType.<Line>of("line", "type").or("serial", SERIAL).or("tcp", TCP);

  static final ObjectType<Device> DEVICE =
      ObjectType.of(
          "device",
          "One device.",
          keys -> {
            Key<Located<String>> line =
                keys.required("line", Types.located(Types.name()), "Its line.");
            Key<Integer> unit = keys.required("unit", Types.integer(1, 247), "Its unit id.");
            Key<Duration> every =
                keys.optional(
                    "every",
                    Types.duration(Duration.ofMillis(10), Duration.ofHours(1)),
                    "1s",
                    "Poll period.");
            OptionalKey<Double> scale = keys.optional("scale", Types.real(), "Factor.");
            Key<List<String>> tags =
                keys.optional("tags", Types.list(Types.name()), "[]", "Names.");
            return fields ->
                new Device(
                    fields.get(line),
                    fields.get(unit),
                    fields.get(every),
                    fields.get(scale),
                    fields.get(tags));
          });

  static final ObjectType<Plant> PLANT =
      ObjectType.of(
          "plant",
          "One plant.",
          keys -> {
            Key<Map<String, Line>> lines = keys.required("lines", Types.map(LINE), "By name.");
            Key<Map<String, Device>> devices =
                keys.optional("devices", Types.map(DEVICE), "{}", "By name.");
            return fields -> {
              for (Device device : fields.get(devices).values()) {
                if (!fields.names(lines).contains(device.line().value())) {
                  fields
                      .problems()
                      .unknownName(
                          device.line().where(),
                          "line",
                          device.line().value(),
                          fields.names(lines));
                }
              }
              return new Plant(fields.get(lines), fields.get(devices));
            };
          });
}
