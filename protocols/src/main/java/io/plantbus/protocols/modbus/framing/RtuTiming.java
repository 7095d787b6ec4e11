package io.plantbus.protocols.modbus.framing;

/// The intervals that delimit RTU frames (SL 2.5.1.1).
///
/// ```
///  ─[frame]──── ≥ T3.5 ────[character]─ ≤ T1.5 ─[character]── … ──── ≥ T3.5 ────
/// ```
///
/// Up to 19200 baud they are 1.5 and 3.5 characters; above, 750 µs and 1.75 ms.
///
/// @param baud bits per second, positive
/// @param bitsPerCharacter bits of one character on the wire, start, parity and stop bits included:
///   7..12, 11 by the specification
public record RtuTiming(int baud, int bitsPerCharacter) {
  private static final int FASTEST_COMPUTED_BAUD = 19_200;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  public RtuTiming {
    if (baud < 1) {
      throw new IllegalArgumentException("baud must be positive, was " + baud);
    }
    if (bitsPerCharacter < 7 || bitsPerCharacter > 12) {
      throw new IllegalArgumentException(
          "bits per character must be 7..12, was " + bitsPerCharacter);
    }
  }

  /// Time of one character on the wire in nanoseconds, rounded up.
  public long characterNanos() {
    return halfCharactersNanos(2);
  }

  /// T1.5, the longest gap inside a frame, in nanoseconds, rounded up.
  public long interCharacterNanos() {
    return baud > FASTEST_COMPUTED_BAUD ? 750_000 : halfCharactersNanos(3);
  }

  /// T3.5, the shortest silence between frames, in nanoseconds, rounded up.
  public long interFrameNanos() {
    return baud > FASTEST_COMPUTED_BAUD ? 1_750_000 : halfCharactersNanos(7);
  }

  private long halfCharactersNanos(int halves) {
    return Math.ceilDiv((long) halves * bitsPerCharacter * NANOS_PER_SECOND, 2L * baud);
  }
}
