package io.plantbus.master.line;

/// Pauses that double from the first to the longest. Owned by one thread.
public final class BackOff {
  private final long minNanos;
  private final long maxNanos;
  private long nextNanos;

  /// @param minNanos the first pause
  /// @param maxNanos the longest, not less than the first
  public BackOff(long minNanos, long maxNanos) {
    if (minNanos <= 0 || maxNanos < minNanos) {
      throw new IllegalArgumentException(
          "pauses must be positive and rise, were " + minNanos + " and " + maxNanos);
    }
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.nextNanos = minNanos;
  }

  /// The pause to make now; the one after it is twice as long.
  public long next() {
    long pause = nextNanos;
    nextNanos = pause > maxNanos / 2 ? maxNanos : 2 * pause;
    return pause;
  }

  /// Starts from the first pause again.
  public void reset() {
    nextNanos = minNanos;
  }
}
