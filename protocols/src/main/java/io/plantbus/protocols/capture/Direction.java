package io.plantbus.protocols.capture;

/// Which way a packet went, seen from where it was captured; two bits of its flags.
public enum Direction {
  /// Not told.
  UNKNOWN(0),
  /// It was received.
  INBOUND(1),
  /// It was sent.
  OUTBOUND(2);

  private final int bits;

  Direction(int bits) {
    this.bits = bits;
  }

  /// The value in the flags, 0..2.
  int bits() {
    return bits;
  }

  /// The direction that flags tell.
  static Direction of(int flags) {
    return switch (flags & 3) {
      case 1 -> INBOUND;
      case 2 -> OUTBOUND;
      default -> UNKNOWN;
    };
  }
}
