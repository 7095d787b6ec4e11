package io.plantbus.benchmarks.net.client;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts the answers of one run by their latency, in steps of 3 %. Safe for use by any thread.
final class Meter {
  private static final int STEPS = 32;
  private static final int STEP_BITS = 5;

  private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);
  private final long startNanos = System.nanoTime();
  private final long endNanos;

  /// @param nanos how long new requests are sent
  Meter(long nanos) {
    this.endNanos = startNanos + nanos;
  }

  /// Takes an answer.
  ///
  /// @return whether another request may be sent
  boolean answered(long sentNanos, long nowNanos) {
    counts.setPlain(
        bucket(nowNanos - sentNanos), counts.getPlain(bucket(nowNanos - sentNanos)) + 1);
    return nowNanos - endNanos < 0;
  }

  /// The same from one of several threads.
  boolean answeredBeside(long sentNanos, long nowNanos) {
    counts.incrementAndGet(bucket(nowNanos - sentNanos));
    return nowNanos - endNanos < 0;
  }

  private static int bucket(long nanos) {
    if (nanos < STEPS) {
      return (int) Math.max(0, nanos);
    }
    int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(nanos);
    return (shift + 1) * STEPS + (int) (nanos >> shift & (STEPS - 1));
  }

  long startNanos() {
    return startNanos;
  }

  long transactions() {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    return total;
  }

  /// The latency that a share of the answers does not exceed, in nanoseconds.
  ///
  /// @param share 0..1
  long percentile(double share) {
    double wanted = share * transactions();
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen > 0 && seen >= wanted) {
        return i < STEPS ? i : (STEPS + i % STEPS) * (1L << (i / STEPS - 1));
      }
    }
    return 0;
  }
}
