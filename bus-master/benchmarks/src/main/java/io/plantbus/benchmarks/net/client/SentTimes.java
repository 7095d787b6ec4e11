package io.plantbus.benchmarks.net.client;

/// When the requests under way were sent, oldest first.
final class SentTimes {
  private final long[] nanos;
  private int first;
  private int count;

  /// @param most requests under way at once
  SentTimes(int most) {
    nanos = new long[most];
  }

  void add(long sentNanos) {
    nanos[(first + count) % nanos.length] = sentNanos;
    count++;
  }

  long take() {
    long oldest = nanos[first];
    first = (first + 1) % nanos.length;
    count--;
    return oldest;
  }

  boolean isEmpty() {
    return count == 0;
  }
}
