package io.plantbus.simulators.scenario;

import java.util.Locale;

/// Times and numbers as people read them.
public final class Spans {
  private static final String[] UNITS = {"h", "min", "s", "ms", "us", "ns"};
  private static final long[] NANOS = {
    3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
  };

  private Spans() {}

  /// A span in the largest unit in which it has at most one decimal, such as `1.5 s`.
  public static String text(long nanos) {
    for (int i = 0; i < UNITS.length; i++) {
      if (nanos >= NANOS[i] && nanos * 10 % NANOS[i] == 0) {
        return number((double) nanos / NANOS[i]) + " " + UNITS[i];
      }
    }
    return nanos == 0 ? "0 s" : nanos + " ns";
  }

  /// An age, to tenths of a second from a second on, such as `250 ms` or `15.2 s`.
  public static String age(long nanos) {
    long unit = nanos < 1_000_000_000L ? 1_000_000L : 100_000_000L;
    return text(nanos / unit * unit);
  }

  /// A time of the scenario in seconds with milliseconds, such as `12.345`.
  public static String clock(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /// A number with six digits that matter, without zeros behind.
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    if (size < 1e-4 || size >= 1e15) {
      return String.format(Locale.ROOT, "%.5e", value);
    }
    int decimals = Math.max(0, 5 - (int) Math.floor(Math.log10(size)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
