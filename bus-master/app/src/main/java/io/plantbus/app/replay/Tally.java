package io.plantbus.app.replay;

import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.twin.Decoded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts what comes of a replay. Owned by one thread at a time.
final class Tally {
  private final boolean values;
  private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
  private final List<Difference> differences = new ArrayList<>();
  private long sent;
  private long same;
  private long skipped;

  /// @param values whether other values are a difference
  Tally(boolean values) {
    this.values = values;
  }

  void skip() {
    skipped++;
  }

  void compare(Decoded recorded, Outcome now) {
    sent++;
    Difference difference = Difference.between(recorded, now, values);
    if (difference == null) {
      same++;
    } else {
      counts.merge(difference.kind(), 1L, Long::sum);
      if (differences.size() < ReplayReport.MOST_DIFFERENCES) {
        differences.add(difference);
      }
    }
  }

  ReplayReport report() {
    differences.sort(Comparator.comparingLong(Difference::packet));
    return new ReplayReport(sent, same, skipped, counts, differences);
  }
}
