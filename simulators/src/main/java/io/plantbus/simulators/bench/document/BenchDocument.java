package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.document.type.VariantType;
import io.plantbus.devices.profile.ProfileCatalogue;
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

  private BenchDocument() {}

  /// The description of the file, for reading it and for its JSON Schema.
  ///
  /// @param catalogue the profiles that a slave may have
  public static ObjectType<Bench> type(ProfileCatalogue catalogue) {
    SlaveDocument slaves = new SlaveDocument(catalogue);
    VariantType<BenchLine> line =
        VariantType.<BenchLine>of("bench line", "type")
            .or("serial", WiredLineDocument.serial(slaves))
            .or("tcp", NetworkLineDocument.tcp(slaves))
            .or("udp", NetworkLineDocument.udp(slaves))
            .or("i2c", WiredLineDocument.i2c(slaves));
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
            Endpoints endpoints = new Endpoints(fields.node(lines), fields.problems());
            endpoints.requireDistinct(served);
            BenchNames names = new BenchNames(served, fields.problems());
            BenchProcess wired = fields.get(process).resolve(names);
            List<Fault> planned = new ArrayList<>();
            for (FaultDocument.Entry entry : fields.get(faults)) {
              names.requireTarget(entry.target(), entry.fault().kind());
              names.requirePossible(entry.target(), entry.fault().kind());
              planned.add(entry.fault());
            }
            return new Bench(
                fields.get(name), fields.get(seed), served, wired, planned, endpoints.origins());
          };
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
