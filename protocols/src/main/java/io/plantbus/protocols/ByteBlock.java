package io.plantbus.protocols;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that do not change.
public final class ByteBlock {
  /// No bytes.
  public static final ByteBlock EMPTY = new ByteBlock(new byte[0]);

  private final byte[] bytes;

  private ByteBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Bytes given as whole numbers, each cut to 8 bits.
  public static ByteBlock of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new ByteBlock(bytes);
  }

  /// A copy of some bytes.
  public static ByteBlock copyOf(byte[] from, int offset, int length) {
    return new ByteBlock(Arrays.copyOfRange(from, offset, offset + length));
  }

  /// How many they are.
  public int length() {
    return bytes.length;
  }

  /// The byte at `index`, 0..255.
  public int byteAt(int index) {
    return bytes[index] & 0xFF;
  }

  /// Writes all of them.
  public void copyTo(byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }

  /// Some of them.
  public ByteBlock slice(int offset, int length) {
    return copyOf(bytes, offset, length);
  }

  /// An array of its own with these bytes.
  public byte[] toArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteBlock that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return '[' + HexFormat.of().formatHex(bytes) + ']';
  }
}
