package io.plantbus.protocols.modbus.encoding;

/// What became of encoding a value. Nothing is ever cut to fit.
public enum EncodeOutcome {
  /// The registers hold it.
  ENCODED,
  /// The number is beyond the type, the bit field or the BCD digits, or the text holds a zero
  /// character.
  OUT_OF_RANGE,
  /// Its bits would read back as a sentinel for "not available".
  RESERVED,
  /// The text takes more bytes than its registers have.
  TOO_LONG,
  /// Text where a number is wanted, or the other way round.
  WRONG_KIND
}
