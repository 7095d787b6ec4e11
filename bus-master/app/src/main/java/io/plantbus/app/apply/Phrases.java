package io.plantbus.app.apply;

import java.util.List;
import java.util.Locale;

/// Numbers, times and names in sentences.
final class Phrases {
  private static final int NAMED = 6;
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private Phrases() {}

  /// A time as a plant file has it, such as `500ms`.
  static String span(long nanos) {
    if (nanos % SECOND == 0) {
      return nanos / SECOND + "s";
    }
    return nanos % MILLI == 0 ? nanos / MILLI + "ms" : nanos / MICRO + "us";
  }

  /// A time as it was worked out, in whole milliseconds, rounded up.
  static String worst(long nanos) {
    return nanos == Long.MAX_VALUE ? "no end" : Math.ceilDiv(nanos, MILLI) + "ms";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /// `1 tag`, `2 tags`.
  static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /// The first few names, and how many more there are.
  static String names(List<String> names) {
    return names.size() <= NAMED + 1
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }

  /// `period 1s → 500ms`.
  static String changed(String what, String before, String after) {
    return what + " " + before + " → " + after;
  }
}
