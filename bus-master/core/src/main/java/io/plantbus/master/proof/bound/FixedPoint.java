package io.plantbus.master.proof.bound;

import java.util.function.LongUnaryOperator;

/// The end of a busy span: where the demand that comes in it is done.
final class FixedPoint {
  /// A server that is more loaded than this counts as full: its busy spans are too long to be of
  /// use to anybody.
  static final double FULL = 0.9999;

  private FixedPoint() {}

  /// The least span that holds its own demand, or a longer one if that is not found soon.
  ///
  /// @param demand rises with the span, and lies below `atOnce + utilisation * span`
  /// @param rounds how often demand is asked at most
  static long above(
      LongUnaryOperator demand, long atOnceNanos, double utilisation, long startNanos, int rounds) {
    if (utilisation >= FULL || atOnceNanos == Nanos.UNBOUNDED) {
      return Nanos.UNBOUNDED;
    }
    long span = startNanos;
    for (int round = 0; round < rounds; round++) {
      long needed = demand.applyAsLong(span);
      if (needed <= span) {
        return span;
      }
      span = needed;
    }
    double line = (atOnceNanos + 1e3) / (1 - utilisation - 1e-6) * (1 + 1e-9);
    return line < Nanos.UNBOUNDED ? (long) line + 1 : Nanos.UNBOUNDED;
  }
}
