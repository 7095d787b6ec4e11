package io.plantbus.protocols.modbus.framing;

/// The checksum of ASCII frames: the two's complement of the sum of all bytes, modulo 256 (SL
/// 2.5.2.2 and 6.2.1). Bytes with their checksum sum up to 0.
public final class Lrc {
  private Lrc() {}

  /// The checksum of `length` bytes.
  ///
  /// @return 0..0xFF
  public static int of(byte[] bytes, int offset, int length) {
    int sum = 0;
    for (int at = offset; at < offset + length; at++) {
      sum += bytes[at];
    }
    return -sum & 0xFF;
  }

  /// Whether the last of `length` bytes is the checksum of those before.
  public static boolean isValid(byte[] bytes, int offset, int length) {
    return length > 1 && of(bytes, offset, length) == 0;
  }
}
