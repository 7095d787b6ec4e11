package io.plantbus.protocols.i2c;

/// Checksums of 8 bits, most significant bit first, without final inversion. Safe for any thread.
public enum Crc8 {
  /// Packet error code of SMBus: x^8 + x^2 + x + 1, from 0x00 (SMBus 3.2, 6.4).
  SMBUS(0x07, 0x00),
  /// Of Sensirion's sensors, over each word of two bytes: x^8 + x^5 + x^4 + 1, from 0xFF (SHT3x
  /// data sheet, 4.12).
  SENSIRION(0x31, 0xFF);

  private final int polynomial;
  private final int initial;

  Crc8(int polynomial, int initial) {
    this.polynomial = polynomial;
    this.initial = initial;
  }

  /// The checksum of no bytes, 0..255.
  public int initial() {
    return initial;
  }

  /// The checksum of some bytes, 0..255.
  public int of(byte[] bytes, int offset, int length) {
    return of(initial, bytes, offset, length);
  }

  /// Goes on with more bytes.
  ///
  /// @param crc of the bytes before, 0..255
  /// @return 0..255
  public int of(int crc, byte[] bytes, int offset, int length) {
    int next = crc;
    for (int i = offset; i < offset + length; i++) {
      next = of(next, bytes[i]);
    }
    return next;
  }

  /// Goes on with one more byte.
  ///
  /// @param crc of the bytes before, 0..255
  /// @param value the byte, of which 8 bits count
  /// @return 0..255
  public int of(int crc, int value) {
    int next = crc ^ (value & 0xFF);
    for (int bit = 0; bit < 8; bit++) {
      next = (next & 0x80) == 0 ? next << 1 : (next << 1) ^ polynomial;
    }
    return next & 0xFF;
  }
}
