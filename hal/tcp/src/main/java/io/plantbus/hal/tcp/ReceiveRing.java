package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;

/// Bytes that arrived and were not read yet, with the times of their arrival. Belongs to one
/// thread.
///
/// Times are kept for the latest [#MARKS] arrivals; if more are waiting, the newest ones share the
/// latest time.
final class ReceiveRing {
  /// How many bytes fit: some sixty of the longest Modbus frames. Behind it stands the buffer of
  /// the kernel, which is put here on top when the peer has ended the stream.
  static final int CAPACITY = 16 * 1024;

  private static final int MARKS = 64;

  /// What most peers ever have waiting.
  private static final int FIRST_BYTES = 512;

  private byte[] bytes = new byte[FIRST_BYTES];
  private final long[] markEnd = new long[MARKS];
  private final long[] markNanos = new long[MARKS];
  private long written;
  private long taken;
  private int firstMark;
  private int marks;
  private long arrivalNanos;

  /// How many bytes fit, 0..[#CAPACITY].
  int room() {
    return Math.max(0, CAPACITY - available());
  }

  int available() {
    return (int) (written - taken);
  }

  /// Stores all readable bytes of `from`, even more than [#room()].
  void put(ByteBuf from, long nowNanos) {
    int length = from.readableBytes();
    if (available() + length > bytes.length) {
      grow(available() + length);
    }
    int at = (int) (written % bytes.length);
    int first = Math.min(length, bytes.length - at);
    from.readBytes(bytes, at, first);
    from.readBytes(bytes, 0, length - first);
    written += length;
    if (marks < MARKS) {
      marks++;
    }
    int newest = (firstMark + marks - 1) % MARKS;
    markEnd[newest] = written;
    markNanos[newest] = nowNanos;
  }

  /// Hands out up to `length` bytes.
  int take(byte[] into, int offset, int length) {
    int count = Math.min(length, available());
    if (count == 0) {
      return 0;
    }
    int at = (int) (taken % bytes.length);
    int first = Math.min(count, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, first);
    System.arraycopy(bytes, 0, into, offset + first, count - first);
    taken += count;
    while (markEnd[firstMark] < taken) {
      dropMark();
    }
    arrivalNanos = markNanos[firstMark];
    if (markEnd[firstMark] == taken) {
      dropMark();
    }
    return count;
  }

  private void grow(int length) {
    byte[] larger = new byte[Math.max(2 * bytes.length, length)];
    for (long at = taken; at < written; at++) {
      larger[(int) (at % larger.length)] = bytes[(int) (at % bytes.length)];
    }
    bytes = larger;
  }

  private void dropMark() {
    firstMark = (firstMark + 1) % MARKS;
    marks--;
  }

  /// When the last byte of the latest take arrived.
  long arrivalNanos() {
    return arrivalNanos;
  }

  void clear() {
    taken = written;
    marks = 0;
  }
}
