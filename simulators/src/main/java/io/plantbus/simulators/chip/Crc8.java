package io.plantbus.simulators.chip;

/// The checksum of one byte that chips append to their data.
///
/// @param polynomial without its highest bit, 0..255
/// @param initial value before the first byte, 0..255
record Crc8(int polynomial, int initial) {
  /// Sensirion's: x^8 + x^5 + x^4 + 1, from 0xFF (SHT3x-DIS data sheet, 4.12).
  static final Crc8 SENSIRION = new Crc8(0x31, 0xFF);

  /// The packet error code of SMBus: x^8 + x^2 + x + 1, from 0 (SMBus 3.1, 6.4).
  static final Crc8 SMBUS = new Crc8(0x07, 0x00);

  /// The checksum after one byte more.
  int update(int checksum, int value) {
    int crc = checksum ^ value;
    for (int bit = 0; bit < 8; bit++) {
      crc = (crc & 0x80) != 0 ? (crc << 1) ^ polynomial : crc << 1;
    }
    return crc & 0xFF;
  }

  /// The checksum of a word, high byte first.
  int ofWord(int word) {
    return update(update(initial, word >> 8 & 0xFF), word & 0xFF);
  }
}
