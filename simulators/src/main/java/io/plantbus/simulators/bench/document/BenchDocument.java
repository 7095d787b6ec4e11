package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.document.type.VariantType;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The bench file: what `simulate` serves.
public final class BenchDocument {
  private static final String PUMP_STATION = "/io/plantbus/simulators/bench/pump-station.yaml";
  private static final int[] BAUD_RATES = {
    300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400
  };

  private BenchDocument() {}

  /// The description of the file, for reading it and for its JSON Schema.
  ///
  /// @param catalogue the profiles that a slave may have
  public static ObjectType<Bench> type(ProfileCatalogue catalogue) {
    SlaveDocument slaves = new SlaveDocument(catalogue);
    VariantType<BenchLine> line =
        VariantType.<BenchLine>of("bench line", "type")
            .or("serial", serial(slaves))
            .or("tcp", tcp(slaves))
            .or("i2c", i2c(slaves));
    return ObjectType.of(
        "bench",
        "Simulated slaves, the physics behind them and the faults that befall them.",
        keys -> {
          Key<String> name = keys.optional("name", Types.name(), "bench", "What it is called.");
          Key<Long> seed =
              keys.optional(
                  "seed",
                  Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE),
                  "1",
                  "Of all random numbers: the same seed brings the same faults and noise.");
          Key<Map<String, BenchLine>> lines =
              keys.required("lines", Types.map(line), "Lines with their slaves, by name.");
          Key<ProcessEntry> process =
              keys.optional("process", ProcessDocument.TYPE, "{}", "Physics behind the slaves.");
          Key<List<FaultDocument.Entry>> faults =
              keys.optional(
                  "faults", Types.list(FaultDocument.TYPE), "[]", "What goes wrong, and when.");
          return fields -> {
            List<BenchLine> served = List.copyOf(fields.get(lines).values());
            BenchNames names = new BenchNames(served, fields.problems());
            BenchProcess wired = fields.get(process).resolve(names);
            List<Fault> planned = new ArrayList<>();
            for (FaultDocument.Entry entry : fields.get(faults)) {
              names.requireTarget(entry.target());
              planned.add(entry.fault());
            }
            return new Bench(fields.get(name), fields.get(seed), served, wired, planned);
          };
        });
  }

  private static ObjectType<BenchLine.Serial> serial(SlaveDocument slaves) {
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
          Key<Map<Integer, SlaveDocument.UnitEntry>> units =
              keys.required(
                  "units", Types.map(Types.integer(1, 247), slaves.unit()), "By unit id.");
          return fields ->
              new BenchLine.Serial(
                  fields.name(),
                  fields.get(link),
                  fields.get(framing),
                  SerialSettings.of(fields.get(baud), fields.get(format)),
                  SlaveDocument.units(fields.name(), fields.get(units)));
        });
  }

  private static ObjectType<BenchLine.Tcp> tcp(SlaveDocument slaves) {
    return ObjectType.of(
        "TCP bench line",
        "A TCP endpoint.",
        keys -> {
          Key<String> host =
              keys.optional("host", Types.text(), "127.0.0.1", "Local name or address.");
          Key<Integer> port =
              keys.required("port", Types.integer(0, 65_535), "TCP port; 0 for any free one.");
          Key<StreamFraming> framing =
              keys.optional(
                  "framing",
                  ChoiceType.of("mbap", StreamFraming.MBAP)
                      .or("rtu", StreamFraming.RTU)
                      .or("ascii", StreamFraming.ASCII),
                  "mbap",
                  "`mbap` is Modbus TCP; `rtu` and `ascii` are frames of a serial line over TCP.");
          Key<Map<Integer, SlaveDocument.UnitEntry>> units =
              keys.required(
                  "units", Types.map(Types.integer(0, 255), slaves.unit()), "By unit id.");
          return fields ->
              new BenchLine.Tcp(
                  fields.name(),
                  fields.get(host),
                  fields.get(port),
                  fields.get(framing),
                  SlaveDocument.units(fields.name(), fields.get(units)));
        });
  }

  private static ObjectType<BenchLine.I2c> i2c(SlaveDocument slaves) {
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

  /// The bench of the demonstration: a pump station with ten slaves on three lines, `rs485`, `tcp`
  /// and `i2c`.
  public static Bench pumpStation() {
    return new DocumentReader(_ -> null)
        .parse("pump-station.yaml", pumpStationText(), type(ProfileCatalogue.builtIn()))
        .valueOrThrow();
  }

  /// The text of [#pumpStation], to be copied and changed by users.
  public static String pumpStationText() {
    try (InputStream stream = BenchDocument.class.getResourceAsStream(PUMP_STATION)) {
      if (stream == null) {
        throw new IllegalStateException("pump-station.yaml is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A time span in nanoseconds.
  static Type<Long> nanos(Duration least, Duration most) {
    return Types.duration(least, most).as(Duration::toNanos);
  }
}
