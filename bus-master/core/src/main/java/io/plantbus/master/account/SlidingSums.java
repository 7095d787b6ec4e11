package io.plantbus.master.account;

/// Sums since the start and over the last minute, many side by side. The minute is made of slices
/// of five seconds: between 55 and 60 seconds are in it. Owned by one thread; times never go back.
final class SlidingSums {
  /// The longest span that the sums of the last minute may hold.
  static final long WINDOW_NANOS = 60_000_000_000L;

  private static final int SLICES = 12;
  private static final long SLICE_NANOS = WINDOW_NANOS / SLICES;

  private final long[] totals;

  /// The totals as each slice began; the slice after the current one is the oldest.
  private final long[][] marks;

  private int current;
  private boolean started;
  private long turnAtNanos;
  private long edition;

  /// @param count how many sums
  SlidingSums(int count) {
    this.totals = new long[count];
    this.marks = new long[SLICES][count];
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
      System.arraycopy(totals, 0, marks[current], 0, totals.length);
    }
    edition++;
  }

  /// Changes whenever something was let go of.
  long edition() {
    return edition;
  }

  /// Adds to one sum.
  void add(int index, long amount) {
    totals[index] += amount;
  }

  /// The sum since the start.
  long total(int index) {
    return totals[index];
  }

  /// The sum over the last minute.
  long recent(int index) {
    return totals[index] - marks[(current + 1) % SLICES][index];
  }
}
