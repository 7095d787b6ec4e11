package io.plantbus.app.replay;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What came of a replay.
///
/// @param sent requests that were sent again
/// @param same those with the recorded answer
/// @param skipped those that were not sent or have no answer that can be compared
/// @param counts differences by kind, those beyond the list too
/// @param differences the first of them
public record ReplayReport(
    long sent,
    long same,
    long skipped,
    Map<Difference.Kind, Long> counts,
    List<Difference> differences) {
  /// Differences that are kept.
  public static final int MOST_DIFFERENCES = 1000;

  public ReplayReport {
    counts = counts.isEmpty() ? Map.of() : new EnumMap<>(counts);
    differences = List.copyOf(differences);
  }

  /// Whether every answer was the recorded one.
  public boolean isSame() {
    return counts.isEmpty();
  }

  /// Differences of all kinds.
  public long different() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
