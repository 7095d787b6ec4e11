package io.plantbus.devices.profile;

/// What one Modbus request may ask of a device; many take less than the specification allows.
///
/// @param maxReadRegisters 1..125
/// @param maxReadBits 1..2000
/// @param maxWriteRegisters 1..123
/// @param maxWriteBits 1..1968
public record RequestLimits(
    int maxReadRegisters, int maxReadBits, int maxWriteRegisters, int maxWriteBits) {
  /// The limits of the specification.
  public static final RequestLimits SPECIFICATION = new RequestLimits(125, 2000, 123, 1968);

  public RequestLimits {
    require("maxReadRegisters", maxReadRegisters, 125);
    require("maxReadBits", maxReadBits, 2000);
    require("maxWriteRegisters", maxWriteRegisters, 123);
    require("maxWriteBits", maxWriteBits, 1968);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be 1.." + most + ", was " + value);
    }
  }
}
