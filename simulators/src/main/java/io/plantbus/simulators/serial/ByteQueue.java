package io.plantbus.simulators.serial;

/// A bounded queue of bytes.
final class ByteQueue {
  private final byte[] bytes;
  private int first;
  private int count;

  ByteQueue(int capacity) {
    this.bytes = new byte[capacity];
  }

  int count() {
    return count;
  }

  int room() {
    return bytes.length - count;
  }

  /// Takes as many bytes as there is room for and tells how many.
  int add(byte[] from, int offset, int length) {
    int taken = Math.min(length, room());
    for (int i = 0; i < taken; i++) {
      bytes[(first + count + i) % bytes.length] = from[offset + i];
    }
    count += taken;
    return taken;
  }

  int remove(byte[] into, int offset, int length) {
    int given = Math.min(length, count);
    for (int i = 0; i < given; i++) {
      into[offset + i] = bytes[(first + i) % bytes.length];
    }
    first = (first + given) % bytes.length;
    count -= given;
    return given;
  }

  /// The oldest byte, 0..255; there must be one.
  int removeOne() {
    int value = bytes[first] & 0xFF;
    first = (first + 1) % bytes.length;
    count--;
    return value;
  }

  void clear() {
    count = 0;
  }
}
