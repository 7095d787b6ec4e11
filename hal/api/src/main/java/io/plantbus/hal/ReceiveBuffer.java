package io.plantbus.hal;

import java.util.concurrent.atomic.AtomicLong;

/// The bounded receive buffer of a [Link]: bytes and the time each of them arrived, from the one
/// thread that receives to the one that owns the link.
///
/// ```
///  receiving thread ── accept ──▶ [bytes + arrival times] ── read, discard ──▶ owner
/// ```
///
/// Neither side ever waits for the other. What does not fit is lost, newest first, and counted.
public final class ReceiveBuffer {
  private final byte[] bytes;
  private final long[] arrivals;
  private final int mask;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong overruns = new AtomicLong();
  private long arrivalNanos;

  /// @param capacity bytes held at most: a power of two, 2..1048576
  public ReceiveBuffer(int capacity) {
    if (capacity < 2 || capacity > 1 << 20 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "capacity must be a power of two, 2..1048576, was " + capacity);
    }
    bytes = new byte[capacity];
    arrivals = new long[capacity];
    mask = capacity - 1;
  }

  /// Takes received bytes as far as there is room. Receiving thread only.
  ///
  /// @param arrivalNanos monotonic time at which they arrived
  public void accept(byte[] from, int offset, int length, long arrivalNanos) {
    long end = accepted.getPlain();
    int room = (int) (bytes.length - (end - taken.getAcquire()));
    int kept = Math.min(room, length);
    for (int i = 0; i < kept; i++) {
      int slot = (int) (end + i) & mask;
      bytes[slot] = from[offset + i];
      arrivals[slot] = arrivalNanos;
    }
    accepted.setRelease(end + kept);
    if (kept < length) {
      overruns.setRelease(overruns.getPlain() + length - kept);
    }
  }

  /// Hands out bytes, oldest first. Owner only.
  ///
  /// @return how many bytes were put into `into`, 0..`length`
  public int read(byte[] into, int offset, int length) {
    long start = taken.getPlain();
    int count = (int) Math.min(length, accepted.getAcquire() - start);
    if (count <= 0) {
      return 0;
    }
    for (int i = 0; i < count; i++) {
      into[offset + i] = bytes[(int) (start + i) & mask];
    }
    arrivalNanos = arrivals[(int) (start + count - 1) & mask];
    taken.setRelease(start + count);
    return count;
  }

  /// Monotonic time in nanoseconds at which the last byte of the latest non-empty [#read] arrived;
  /// 0 before that. Owner only.
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /// Whether there is nothing to read. Owner only.
  public boolean isEmpty() {
    return accepted.getAcquire() == taken.getPlain();
  }

  /// Drops what has arrived. Owner only.
  public void discard() {
    taken.setRelease(accepted.getAcquire());
  }

  /// Bytes lost so far for want of room. Any thread.
  public long overruns() {
    return overruns.getAcquire();
  }
}
