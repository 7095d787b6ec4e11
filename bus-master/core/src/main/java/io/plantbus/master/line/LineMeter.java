package io.plantbus.master.line;

/// How busy a line was over a sliding window of four seconds. Owned by one thread; times never go
/// back.
final class LineMeter {
  private static final long SLICE_NANOS = 500_000_000;
  private static final int SLICES = 8;

  private final long[] busyNanos = new long[SLICES];
  private final long[] ended = new long[SLICES];
  private boolean started;
  private long firstSlice;
  private long slice;
  private long accountedNanos;
  private boolean busy;

  /// Whether a transaction is under way from `nowNanos` on.
  void busy(boolean nowBusy, long nowNanos) {
    account(nowNanos);
    busy = nowBusy;
  }

  /// A transaction ended.
  void ended(long nowNanos) {
    account(nowNanos);
    ended[Math.floorMod(slice, SLICES)]++;
  }

  /// Share of the window in which a transaction was under way, 0..1.
  double utilisation(long nowNanos) {
    account(nowNanos);
    long sum = 0;
    for (long nanos : busyNanos) {
      sum += nanos;
    }
    return Math.min(1, (double) sum / windowNanos(nowNanos));
  }

  /// Transactions per second over the window.
  double rate(long nowNanos) {
    account(nowNanos);
    long sum = 0;
    for (long count : ended) {
      sum += count;
    }
    return sum * 1e9 / windowNanos(nowNanos);
  }

  private long windowNanos(long nowNanos) {
    long oldest = Math.max(firstSlice, slice - SLICES + 1);
    return Math.max(1, nowNanos - oldest * SLICE_NANOS);
  }

  private void account(long nowNanos) {
    if (!started) {
      started = true;
      firstSlice = Math.floorDiv(nowNanos, SLICE_NANOS);
      slice = firstSlice;
      accountedNanos = nowNanos;
    }
    long target = Math.floorDiv(nowNanos, SLICE_NANOS);
    while (slice < target) {
      if (target - slice > SLICES) {
        slice = target - SLICES;
        accountedNanos = slice * SLICE_NANOS;
      }
      add((slice + 1) * SLICE_NANOS);
      slice++;
      busyNanos[Math.floorMod(slice, SLICES)] = 0;
      ended[Math.floorMod(slice, SLICES)] = 0;
    }
    add(nowNanos);
  }

  private void add(long untilNanos) {
    if (busy) {
      busyNanos[Math.floorMod(slice, SLICES)] += Math.max(0, untilNanos - accountedNanos);
    }
    accountedNanos = Math.max(accountedNanos, untilNanos);
  }
}
