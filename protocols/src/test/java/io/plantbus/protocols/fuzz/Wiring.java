package io.plantbus.protocols.fuzz;

/// The bytes on their way to a session, and those that have reached it.
final class Wiring {
  /// More bytes than any life brings.
  static final int ALL = 4_096;

  /// Bytes after which most lives have brought enough, so that they are short.
  private static final int ENOUGH = 320;

  private static final int LONGEST_BLOCK = 600;

  /// All bytes put here; those before [#delivered] have arrived.
  final byte[] bytes = new byte[ALL + LONGEST_BLOCK];

  private int enough = ENOUGH;
  int filled;
  int delivered;

  /// Takes a delivery.
  interface Receiver {
    void receive(byte[] bytes, int offset, int length);
  }

  /// Whether another block of at most 600 bytes may be put.
  boolean hasRoom() {
    return filled < enough;
  }

  /// Hands over what waits, at most so many bytes, together or one by one.
  void deliver(int most, boolean oneByOne, Receiver receiver) {
    int end = Math.min(filled, delivered + most);
    while (delivered < end) {
      int from = delivered;
      delivered = oneByOne ? from + 1 : end;
      receiver.receive(bytes, from, delivered - from);
    }
  }

  /// Makes this life a short one, or one of those that fill every buffer.
  void begin(boolean isLong) {
    clear();
    enough = isLong ? ALL : ENOUGH;
  }

  /// Drops what waits and forgets what has arrived.
  void clear() {
    filled = 0;
    delivered = 0;
  }
}
