package io.plantbus.protocols.modbus;

import java.util.Arrays;

/// Consecutive 16-bit registers as they stand on the wire: big-endian, two bytes each (AP 4.2).
///
/// A block may be a view of a receive buffer: where a callback says so, it is valid until that
/// callback returns, and [#copy()] keeps it. Reading a register allocates nothing.
public final class RegisterBlock {
  private byte[] bytes;
  private int offset;
  private int count;

  private RegisterBlock(byte[] bytes, int offset, int count) {
    this.bytes = bytes;
    this.offset = offset;
    this.count = count;
  }

  /// A block of its own with these values.
  ///
  /// @param registers each 0..65535 (higher bits are cut off)
  public static RegisterBlock of(int... registers) {
    byte[] bytes = new byte[registers.length * 2];
    for (int i = 0; i < registers.length; i++) {
      bytes[2 * i] = (byte) (registers[i] >> 8);
      bytes[2 * i + 1] = (byte) registers[i];
    }
    return new RegisterBlock(bytes, 0, registers.length);
  }

  /// A view of `count` registers in `bytes` from `offset` on.
  public static RegisterBlock view(byte[] bytes, int offset, int count) {
    RegisterBlock block = new RegisterBlock(bytes, offset, count);
    block.point(bytes, offset, count);
    return block;
  }

  /// Makes this view show other bytes; for the owner of a reused view only.
  public void point(byte[] newBytes, int newOffset, int newCount) {
    if (newOffset < 0 || newCount < 0 || newOffset > newBytes.length - 2 * newCount) {
      throw new IndexOutOfBoundsException(
          newCount + " registers at " + newOffset + " of " + newBytes.length + " bytes");
    }
    bytes = newBytes;
    offset = newOffset;
    count = newCount;
  }

  /// Number of registers.
  public int count() {
    return count;
  }

  /// The register at `index`, 0..65535.
  public int register(int index) {
    int at = offset + 2 * checked(index);
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  /// One byte of the block, high byte of the first register first.
  ///
  /// @param index 0..2 × count - 1
  /// @return 0..255
  public int byteAt(int index) {
    checked(index >> 1);
    return bytes[offset + index] & 0xFF;
  }

  /// Writes the wire form: 2 × count bytes.
  public void copyTo(byte[] into, int at) {
    System.arraycopy(bytes, offset, into, at, 2 * count);
  }

  /// A block of its own with the same registers.
  public RegisterBlock copy() {
    return new RegisterBlock(Arrays.copyOfRange(bytes, offset, offset + 2 * count), 0, count);
  }

  private int checked(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("register " + index + " of " + count);
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegisterBlock that
        && Arrays.equals(
            bytes,
            offset,
            offset + 2 * count,
            that.bytes,
            that.offset,
            that.offset + 2 * that.count);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < count; i++) {
      hash = 31 * hash + register(i);
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append("%04x".formatted(register(i)));
    }
    return text.append(']').toString();
  }
}
