package io.plantbus.app.proof;

import java.util.Locale;

/// Times as a person reads them.
final class Spans {
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private Spans() {}

  /// Rounded up, such as `7.1ms`, `412ms`, `1.3s`; `no end` for what has none.
  static String of(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return "no end";
    }
    if (nanos < 10 * MILLI) {
      return tenths(nanos / MILLI) + "ms";
    }
    if (nanos < SECOND) {
      return (long) Math.ceil(nanos / MILLI) + "ms";
    }
    return tenths(nanos / SECOND) + "s";
  }

  private static String tenths(double number) {
    double up = Math.ceil(10 * number) / 10;
    return up == Math.rint(up) ? Long.toString((long) up) : String.format(Locale.ROOT, "%.1f", up);
  }
}
