package io.plantbus.hal;

/// The address of a target on an I2C bus: 7 bits, or 10 bits where asked for (UM10204, 3.1.10 and
/// 3.1.11).
///
/// @param value 0x08..0x77 for 7 bits (the reserved ranges are refused, UM10204 table 4), 0..0x3FF
///   for 10 bits
/// @param tenBit whether this is a 10-bit address
public record I2cAddress(int value, boolean tenBit) {
  public I2cAddress {
    if (tenBit ? value < 0 || value > 0x3FF : value < 0x08 || value > 0x77) {
      throw new IllegalArgumentException(
          tenBit
              ? "a 10-bit I2C address must be 0x000..0x3ff, was 0x%03x".formatted(value)
              : "a 7-bit I2C address must be 0x08..0x77, was 0x%02x".formatted(value));
    }
  }

  /// A 7-bit address.
  public static I2cAddress of(int value) {
    return new I2cAddress(value, false);
  }

  @Override
  public String toString() {
    return tenBit ? "0x%03x (10 bit)".formatted(value) : "0x%02x".formatted(value);
  }
}
