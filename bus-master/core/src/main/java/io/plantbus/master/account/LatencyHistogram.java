package io.plantbus.master.account;

import java.util.Arrays;

/// Counts times in buckets whose width grows with the time: 32 to each doubling, so that a
/// percentile is off by 1/64 of itself at most. From 1 µs to 60 s; what is shorter or longer counts
/// as that. Fixed memory, 14 KB. Owned by one thread.
///
/// Beside all of it there is the newest of it: two halves of a window take turns, the older one is
/// emptied when the newer one is over.
final class LatencyHistogram {
  private static final long LEAST_NANOS = 1_000;
  private static final long MOST_NANOS = 60_000_000_000L;
  private static final int SUB_BITS = 5;
  private static final int SUBS = 1 << SUB_BITS;
  private static final int LEAST_EXPONENT = 63 - Long.numberOfLeadingZeros(LEAST_NANOS);
  private static final int BUCKETS = bucket(MOST_NANOS) + 1;

  private final long halfNanos;
  private final long[] all = new long[BUCKETS];
  private final int[][] halves = new int[2][BUCKETS];
  private final long[] halfCounts = new long[2];
  private final long[] halfMaxima = new long[2];
  private long count;
  private long max;
  private int least = BUCKETS;
  private int newest;
  private boolean started;
  private long turnAtNanos;

  /// @param windowNanos what counts as new: between half of it and all of it
  LatencyHistogram(long windowNanos) {
    this.halfNanos = windowNanos / 2;
  }

  /// Counts one time.
  void add(long nanos, long nowNanos) {
    advance(nowNanos);
    int bucket = bucket(Math.clamp(nanos, LEAST_NANOS, MOST_NANOS));
    all[bucket]++;
    least = Math.min(least, bucket);
    count++;
    max = Math.max(max, nanos);
    halves[newest][bucket]++;
    halfCounts[newest]++;
    halfMaxima[newest] = Math.max(halfMaxima[newest], nanos);
  }

  /// Lets go of what is too old by now.
  ///
  /// @return whether anything was too old
  boolean advance(long nowNanos) {
    if (!started) {
      started = true;
      turnAtNanos = nowNanos + halfNanos;
    }
    if (nowNanos < turnAtNanos) {
      return false;
    }
    long turns = (nowNanos - turnAtNanos) / halfNanos + 1;
    turnAtNanos += turns * halfNanos;
    for (int i = 0; i < Math.min(2, turns); i++) {
      newest = 1 - newest;
      Arrays.fill(halves[newest], 0);
      halfCounts[newest] = 0;
      halfMaxima[newest] = 0;
    }
    return true;
  }

  /// Of all times since the start.
  Latency total() {
    if (count == 0) {
      return Latency.NONE;
    }
    return new Latency(
        count,
        Math.min(max, middle(rankAll(rank(count, 50)))),
        Math.min(max, middle(rankAll(rank(count, 99)))),
        max);
  }

  /// Of the newest times.
  Latency recent(long nowNanos) {
    advance(nowNanos);
    long newestCount = halfCounts[0] + halfCounts[1];
    if (newestCount == 0) {
      return Latency.NONE;
    }
    long longest = Math.max(halfMaxima[0], halfMaxima[1]);
    return new Latency(
        newestCount,
        Math.min(longest, middle(rankRecent(rank(newestCount, 50)))),
        Math.min(longest, middle(rankRecent(rank(newestCount, 99)))),
        longest);
  }

  /// The place of a percentile among sorted times, from 1.
  private static long rank(long count, int percent) {
    return Math.max(1, Math.ceilDiv(count * percent, 100L));
  }

  private int rankAll(long rank) {
    long seen = 0;
    int bucket = least - 1;
    while (seen < rank) {
      seen += all[++bucket];
    }
    return bucket;
  }

  private int rankRecent(long rank) {
    long seen = 0;
    int bucket = least - 1;
    while (seen < rank) {
      bucket++;
      seen += halves[0][bucket] + halves[1][bucket];
    }
    return bucket;
  }

  private static int bucket(long nanos) {
    int exponent = 63 - Long.numberOfLeadingZeros(nanos);
    int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUBS - 1);
    return (exponent - LEAST_EXPONENT) * SUBS + sub;
  }

  private static long middle(int bucket) {
    int shift = bucket / SUBS + LEAST_EXPONENT - SUB_BITS;
    long least = (long) (SUBS + bucket % SUBS) << shift;
    return least + (1L << shift) / 2;
  }
}
