package io.plantbus.protocols.modbus.framing;

/// The checksum of RTU frames: polynomial 0xA001 (reflected), initial value 0xFFFF, sent low byte
/// first (SL 2.5.1.2 and 6.2.2).
///
/// Two bytes are folded per step with two tables.
public final class Crc16 {
  /// Bytes that the checksum takes on the wire.
  public static final int BYTES = 2;

  private static final int INITIAL = 0xFFFF;
  private static final char[] NEAR = new char[256];
  private static final char[] FAR = new char[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
      }
      NEAR[i] = (char) crc;
    }
    for (int i = 0; i < 256; i++) {
      FAR[i] = (char) (NEAR[i] >>> 8 ^ NEAR[NEAR[i] & 0xFF]);
    }
  }

  private Crc16() {}

  /// The checksum of `length` bytes.
  ///
  /// @return 0..0xFFFF
  public static int of(byte[] bytes, int offset, int length) {
    int crc = INITIAL;
    int at = offset;
    int end = offset + length;
    for (; at + 1 < end; at += 2) {
      crc ^= (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
      crc = FAR[crc & 0xFF] ^ NEAR[crc >>> 8];
    }
    if (at < end) {
      crc = crc >>> 8 ^ NEAR[(crc ^ bytes[at]) & 0xFF];
    }
    return crc;
  }

  /// Writes the checksum of `length` bytes behind them.
  ///
  /// @return `length` with the checksum
  public static int append(byte[] bytes, int offset, int length) {
    int crc = of(bytes, offset, length);
    bytes[offset + length] = (byte) crc;
    bytes[offset + length + 1] = (byte) (crc >>> 8);
    return length + BYTES;
  }

  /// Whether the last two of `length` bytes are the checksum of those before.
  public static boolean isValid(byte[] bytes, int offset, int length) {
    return length > BYTES && of(bytes, offset, length) == 0;
  }
}
