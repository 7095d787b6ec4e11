package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.simulators.bench.BenchLine;
import java.util.Map;

/// Serial lines and I2C buses of a bench file.
final class WiredLineDocument {
  private static final int[] BAUD_RATES = {
    300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400
  };

  private WiredLineDocument() {}

  /// A serial line.
  static ObjectType<BenchLine.Serial> serial(SlaveDocument slaves) {
    return ObjectType.of(
        "serial bench line",
        "A serial line with Modbus RTU or ASCII, served at a pseudo terminal.",
        keys -> {
          Key<String> link =
              keys.optional(
                  "link",
                  Types.text(),
                  "''",
                  "Stable name for the pseudo terminal, such as `/tmp/plantbus-rs485`; empty for"
                      + " one in the temporary folder, named after the line.");
          Key<SerialFraming> framing =
              keys.optional(
                  "framing",
                  ChoiceType.of("rtu", SerialFraming.RTU).or("ascii", SerialFraming.ASCII),
                  "rtu",
                  "How frames stand on the line.");
          Key<Integer> baud =
              keys.optional(
                  "baud",
                  Types.integerOneOf("a usable baud rate", BAUD_RATES),
                  "19200",
                  "Bits per second.");
          Key<String> format =
              keys.optional(
                  "format",
                  Types.text("[5-8][NEOneo][12]", "a character format", "8E1, 8N1, 8N2 or 8O1"),
                  "8E1",
                  "Data bits, parity and stop bits.");
          Key<Boolean> strictGaps =
              keys.optional(
                  "strict-gaps",
                  Types.bool(),
                  "false",
                  "Whether a gap of more than 1.5 characters spoils a frame, as the specification"
                      + " asks of RTU. A pseudo terminal passes bytes on in bursts: this is for"
                      + " tests in virtual time, and shows little elsewhere.");
          Key<BenchLine.Wire> wire =
              keys.optional(
                  "wire",
                  ChoiceType.of("plain", BenchLine.Wire.PLAIN).or("paced", BenchLine.Wire.PACED),
                  "plain",
                  "`plain`: bytes pass as fast as the pseudo terminal takes them; `paced`: they"
                      + " pass a simulated pair, at the speed of the line, half duplex and with"
                      + " collisions, and the faults of a wire work.");
          Key<Map<Integer, SlaveDocument.UnitEntry>> units =
              keys.required(
                  "units", Types.map(Types.integer(1, 247), slaves.unit()), "By unit id.");
          return fields -> {
            boolean strict = fields.get(strictGaps);
            if (strict && fields.get(framing) != SerialFraming.RTU) {
              fields
                  .problems()
                  .error(
                      fields.node(strictGaps),
                      "gaps of 1.5 characters are forbidden in RTU only",
                      "write framing: rtu, or leave strict-gaps out");
              return null;
            }
            return new BenchLine.Serial(
                fields.name(),
                fields.get(link),
                fields.get(framing),
                strict,
                SerialSettings.of(fields.get(baud), fields.get(format)),
                fields.get(wire),
                SlaveDocument.units(fields.name(), fields.get(units)));
          };
        });
  }

  /// An I2C bus.
  static ObjectType<BenchLine.I2c> i2c(SlaveDocument slaves) {
    return ObjectType.of(
        "I2C bench line",
        "A simulated I2C bus; reachable from within the program that serves the bench only.",
        keys -> {
          Key<Integer> clock =
              keys.optional("clock", Types.integer(1_000, 5_000_000), "100000", "SCL in Hz.");
          Key<Map<Integer, SlaveDocument.TargetEntry>> targets =
              keys.required(
                  "targets",
                  Types.map(Types.integer(0x08, 0x77), slaves.target()),
                  "By 7-bit address, such as `0x44`.");
          return fields ->
              new BenchLine.I2c(
                  fields.name(),
                  fields.get(clock),
                  SlaveDocument.targets(fields.name(), fields.get(targets)));
        });
  }
}
