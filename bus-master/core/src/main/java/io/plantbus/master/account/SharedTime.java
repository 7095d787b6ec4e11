package io.plantbus.master.account;

/// Divides time among the transactions that are under way together: while there are n, each takes
/// an n-th of it, so that what they take adds up to the time in which any was under way. Constant
/// work for each. Owned by one thread; times never go back.
final class SharedTime {
  /// The least common multiple of 1 to 16: parts of a nanosecond, whole for each n.
  private static final long PARTS = 720_720;

  private final boolean[] taken;
  private final long[] sentNanos;
  private final long[] levels;
  private int count;

  /// What a transaction that is always under way would have taken, in parts; wraps around.
  private long level;

  private long levelNanos;
  private long carriedParts;

  /// @param window the most transactions under way, 1..16
  SharedTime(int window) {
    taken = new boolean[window];
    sentNanos = new long[window];
    levels = new long[window];
  }

  /// Transactions under way.
  int count() {
    return count;
  }

  /// One more.
  void began(long nowNanos) {
    advance(nowNanos);
    int slot = 0;
    while (taken[slot]) {
      slot++;
    }
    taken[slot] = true;
    sentNanos[slot] = nowNanos;
    levels[slot] = level;
    count++;
  }

  /// One less.
  ///
  /// @param sent when it began; which one of those that began together does not matter
  /// @return what it took, in nanoseconds; 0 if none began then
  long ended(long sent, long nowNanos) {
    advance(nowNanos);
    for (int slot = 0; slot < taken.length; slot++) {
      if (taken[slot] && sentNanos[slot] == sent) {
        taken[slot] = false;
        count--;
        long parts = level - levels[slot] + carriedParts;
        carriedParts = parts % PARTS;
        return parts / PARTS;
      }
    }
    return 0;
  }

  private void advance(long nowNanos) {
    if (count > 0 && nowNanos > levelNanos) {
      level += (nowNanos - levelNanos) * (PARTS / count);
    }
    levelNanos = Math.max(levelNanos, nowNanos);
  }
}
