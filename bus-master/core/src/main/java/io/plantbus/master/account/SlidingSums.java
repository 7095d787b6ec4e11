package io.plantbus.master.account;

/// Sums since the start and over the last minute, many side by side. The minute is made of slices
/// of five seconds: between 55 and 60 seconds are in it. Owned by one thread; times never go back.
final class SlidingSums {
  /// The longest span that the sums of the last minute may hold.
  static final long WINDOW_NANOS = 60_000_000_000L;

  private static final int SLICES = 12;
  private static final long SLICE_NANOS = WINDOW_NANOS / SLICES;

  private final long[] totals;
  private final long[] recents;
  private final long[][] slices;
  private int current;
  private boolean started;
  private long turnAtNanos;

  /// @param count how many sums
  SlidingSums(int count) {
    this.totals = new long[count];
    this.recents = new long[count];
    this.slices = new long[SLICES][count];
  }

  /// Lets go of what is too old by now.
  void advance(long nowNanos) {
    if (!started) {
      started = true;
      turnAtNanos = nowNanos + SLICE_NANOS;
    }
    if (nowNanos < turnAtNanos) {
      return;
    }
    long turns = (nowNanos - turnAtNanos) / SLICE_NANOS + 1;
    turnAtNanos += turns * SLICE_NANOS;
    for (int i = 0; i < Math.min(SLICES, turns); i++) {
      current = (current + 1) % SLICES;
      long[] oldest = slices[current];
      for (int sum = 0; sum < oldest.length; sum++) {
        recents[sum] -= oldest[sum];
        oldest[sum] = 0;
      }
    }
  }

  /// Adds to one sum.
  void add(int index, long amount) {
    totals[index] += amount;
    recents[index] += amount;
    slices[current][index] += amount;
  }

  /// The sum since the start.
  long total(int index) {
    return totals[index];
  }

  /// The sum over the last minute.
  long recent(int index) {
    return recents[index];
  }
}
