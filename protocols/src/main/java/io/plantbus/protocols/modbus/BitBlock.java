package io.plantbus.protocols.modbus;

import java.util.Arrays;

/// Consecutive coils or discrete inputs as they stand on the wire: packed eight to a byte, the
/// first in the least significant bit, padding bits zero (AP 6.1).
///
/// A block may be a view of a receive buffer: where a callback says so, it is valid until that
/// callback returns, and [#copy()] keeps it.
public final class BitBlock {
  private byte[] bytes;
  private int offset;
  private int count;

  private BitBlock(byte[] bytes, int offset, int count) {
    this.bytes = bytes;
    this.offset = offset;
    this.count = count;
  }

  /// A block of its own with these values.
  public static BitBlock of(boolean... bits) {
    byte[] bytes = new byte[bytesFor(bits.length)];
    for (int i = 0; i < bits.length; i++) {
      if (bits[i]) {
        bytes[i >> 3] |= (byte) (1 << (i & 7));
      }
    }
    return new BitBlock(bytes, 0, bits.length);
  }

  /// A view of `count` bits in `bytes` from `offset` on.
  public static BitBlock view(byte[] bytes, int offset, int count) {
    BitBlock block = new BitBlock(bytes, offset, count);
    block.point(bytes, offset, count);
    return block;
  }

  /// Makes this view show other bytes; for the owner of a reused view only.
  public void point(byte[] newBytes, int newOffset, int newCount) {
    if (newOffset < 0 || newCount < 0 || newOffset > newBytes.length - bytesFor(newCount)) {
      throw new IndexOutOfBoundsException(
          newCount + " bits at " + newOffset + " of " + newBytes.length + " bytes");
    }
    bytes = newBytes;
    offset = newOffset;
    count = newCount;
  }

  /// Bytes that `count` bits take on the wire.
  public static int bytesFor(int count) {
    return (count + 7) >> 3;
  }

  /// Number of bits.
  public int count() {
    return count;
  }

  /// The bit at `index`.
  public boolean bit(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("bit " + index + " of " + count);
    }
    return ((bytes[offset + (index >> 3)] >> (index & 7)) & 1) != 0;
  }

  /// Writes the wire form, padding bits zero: `bytesFor(count)` bytes.
  public void copyTo(byte[] into, int at) {
    int length = bytesFor(count);
    System.arraycopy(bytes, offset, into, at, length);
    if ((count & 7) != 0) {
      into[at + length - 1] &= (byte) ((1 << (count & 7)) - 1);
    }
  }

  /// A block of its own with the same bits.
  public BitBlock copy() {
    byte[] own = new byte[bytesFor(count)];
    copyTo(own, 0);
    return new BitBlock(own, 0, count);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof BitBlock that) || that.count != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (bit(i) != that.bit(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    byte[] own = new byte[bytesFor(count)];
    copyTo(own, 0);
    return 31 * count + Arrays.hashCode(own);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      text.append(bit(i) ? '1' : '0');
    }
    return text.append(']').toString();
  }
}
