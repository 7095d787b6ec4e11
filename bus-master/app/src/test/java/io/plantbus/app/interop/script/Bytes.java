package io.plantbus.app.interop.script;

import java.util.stream.IntStream;

/// Values as they stand on the wire, for libraries that hand over bytes.
public final class Bytes {
  private Bytes() {}

  /// Registers, high byte first.
  public static byte[] ofRegisters(int... values) {
    byte[] bytes = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[2 * i] = (byte) (values[i] >> 8);
      bytes[2 * i + 1] = (byte) values[i];
    }
    return bytes;
  }

  /// Bits, eight to a byte, the first in the least significant bit.
  public static byte[] ofBits(int... values) {
    byte[] bytes = new byte[(values.length + 7) / 8];
    for (int i = 0; i < values.length; i++) {
      bytes[i / 8] |= (byte) (values[i] << i % 8);
    }
    return bytes;
  }

  public static int[] registers(byte[] bytes) {
    return IntStream.range(0, bytes.length / 2)
        .map(i -> (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF))
        .toArray();
  }

  public static int[] bits(byte[] bytes, int count) {
    return IntStream.range(0, count).map(i -> bytes[i / 8] >> i % 8 & 1).toArray();
  }
}
