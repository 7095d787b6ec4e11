package io.plantbus.master.proof;

import io.plantbus.master.proof.bound.Nanos;
import java.util.List;
import java.util.Locale;

/// Numbers and names in sentences.
final class Words {
  private static final int NAMED = 3;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private Words() {}

  /// A time, rounded up, such as `412ms`, `1.3s` or `12min`.
  static String span(long nanos) {
    if (nanos == Nanos.UNBOUNDED) {
      return "ever longer";
    }
    if (nanos < 10 * MILLI) {
      return decimal(Math.ceilDiv(nanos, MILLI / 10) / 10.0) + "ms";
    }
    if (nanos < SECOND) {
      return Math.ceilDiv(nanos, MILLI) + "ms";
    }
    if (nanos < 300 * SECOND) {
      return decimal(Math.ceilDiv(nanos, SECOND / 10) / 10.0) + "s";
    }
    return Math.ceilDiv(nanos, 60 * SECOND) + "min";
  }

  private static String decimal(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.1f", number);
  }

  /// A share, such as `43 %`.
  static String percent(double share) {
    double percent = 100 * share;
    return percent < 10
        ? String.format(Locale.ROOT, "%.1f %%", percent)
        : String.format(Locale.ROOT, "%.0f %%", Math.ceil(percent));
  }

  /// The first few names and how many more there are.
  static String names(List<String> names) {
    if (names.size() <= NAMED + 1) {
      return String.join(", ", names);
    }
    return String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }

  /// `1 tag`, `2 tags`.
  static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
