package io.plantbus.app.wiring;

import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the line of a bench that stands behind a line of a plant.
public final class BenchMatch {
  private BenchMatch() {}

  /// The bench's line of that name and kind, or its only one of that kind; null if there is none.
  public static @Nullable BenchLine of(Bench bench, LineSpec line) {
    return of(bench, line, kind(line));
  }

  private static Class<? extends BenchLine> kind(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Tcp _ -> BenchLine.Tcp.class;
      case Transport.Udp _ -> BenchLine.Udp.class;
      case Transport.Serial _ -> BenchLine.Serial.class;
      case Transport.I2c _ -> BenchLine.I2c.class;
    };
  }

  /// The same among the lines of one kind.
  static <T extends BenchLine> @Nullable T of(Bench bench, LineSpec line, Class<T> kind) {
    List<T> fitting = bench.lines().stream().filter(kind::isInstance).map(kind::cast).toList();
    for (T each : fitting) {
      if (each.name().equals(line.name())) {
        return each;
      }
    }
    return fitting.size() == 1 ? fitting.getFirst() : null;
  }
}
