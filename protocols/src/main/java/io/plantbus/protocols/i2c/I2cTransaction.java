package io.plantbus.protocols.i2c;

import io.plantbus.protocols.ByteBlock;

/// What one bus transaction writes and how much it reads, START to STOP; neither is a probe.
///
/// @param out bytes written after the address
/// @param readLength bytes read then, after a repeated START if any were written; not negative
public record I2cTransaction(ByteBlock out, int readLength) {
  public I2cTransaction {
    if (readLength < 0) {
      throw new IllegalArgumentException("a length must not be negative, was " + readLength);
    }
  }

  /// Writes bytes given as whole numbers, each cut to 8 bits, and reads `readLength`.
  public static I2cTransaction of(int readLength, int... out) {
    return new I2cTransaction(ByteBlock.of(out), readLength);
  }
}
