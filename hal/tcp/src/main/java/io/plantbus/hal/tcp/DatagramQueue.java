package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;

/// Datagrams that arrived and were not read yet, oldest first, with the times of their arrival.
/// Belongs to one thread.
final class DatagramQueue {
  /// How many datagrams are kept.
  static final int CAPACITY = 32;

  private final byte[][] slots = new byte[CAPACITY][0];
  private final int[] lengths = new int[CAPACITY];
  private final long[] arrivals = new long[CAPACITY];
  private int first;
  private int count;
  private long arrivalNanos;
  private long lostBytes;

  /// Keeps a datagram, or loses and counts it if there is no room; an empty one is nothing.
  void put(ByteBuf datagram, long nowNanos) {
    int length = datagram.readableBytes();
    if (length == 0) {
      return;
    }
    if (count == CAPACITY) {
      lostBytes += length;
      return;
    }
    int at = (first + count++) % CAPACITY;
    if (slots[at].length < length) {
      slots[at] = new byte[length];
    }
    datagram.getBytes(datagram.readerIndex(), slots[at], 0, length);
    lengths[at] = length;
    arrivals[at] = nowNanos;
  }

  /// Hands out the oldest datagram, cut to `length` bytes, or 0 if there is none.
  int take(byte[] into, int offset, int length) {
    if (count == 0) {
      return 0;
    }
    int given = Math.min(length, lengths[first]);
    System.arraycopy(slots[first], 0, into, offset, given);
    arrivalNanos = arrivals[first];
    first = (first + 1) % CAPACITY;
    count--;
    return given;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// When the datagram handed out last arrived.
  long arrivalNanos() {
    return arrivalNanos;
  }

  /// Bytes of datagrams that found no room.
  long lostBytes() {
    return lostBytes;
  }

  void clear() {
    count = 0;
  }
}
