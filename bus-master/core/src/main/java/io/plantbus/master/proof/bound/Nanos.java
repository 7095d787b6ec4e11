package io.plantbus.master.proof.bound;

/// Sums and products of times that stick at [#UNBOUNDED] instead of overflowing.
public final class Nanos {
  /// Longer than anything that has an end.
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int MILLION = 1_000_000;

  private Nanos() {}

  /// `a` + `b`, neither negative.
  public static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? UNBOUNDED : sum;
  }

  /// `count` times `nanos`, neither negative.
  public static long times(long count, long nanos) {
    long high = Math.multiplyHigh(count, nanos);
    long low = count * nanos;
    return high != 0 || low < 0 ? UNBOUNDED : low;
  }

  /// A share of a time in millionths, rounded up.
  ///
  /// @param ppm 0..1,000,000
  static long share(long nanos, int ppm) {
    long whole = nanos / MILLION * ppm;
    return plus(whole, Math.ceilDiv(nanos % MILLION * ppm, (long) MILLION));
  }
}
