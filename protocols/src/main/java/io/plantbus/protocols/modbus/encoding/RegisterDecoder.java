package io.plantbus.protocols.modbus.encoding;

import io.plantbus.protocols.modbus.RegisterBlock;
import java.nio.charset.StandardCharsets;

/// From registers to values, without allocation except for text: first [#raw], then [#validity],
/// then the one of [#bool], [#whole], [#real] that fits. Pure functions, for any thread.
public final class RegisterDecoder {
  /// Whether raw bits hold a value.
  public enum Validity {
    /// They do.
    VALID,
    /// A sentinel, NaN or an infinity: the device says that it has no value.
    NOT_AVAILABLE,
    /// Nibbles that are no decimal digits in a BCD type.
    MALFORMED
  }

  private RegisterDecoder() {}

  /// The bits of a value in the order of their significance, bit fields not cut out yet.
  ///
  /// @param index of the value's first register in `block`
  /// @return the type's width of bits, higher ones zero; 0 for a string
  /// @throws IndexOutOfBoundsException if the block does not hold all of its registers
  public static long raw(RegisterEncoding encoding, RegisterBlock block, int index) {
    RegisterOrder order = encoding.order();
    int count = encoding.type().registers();
    long raw = 0;
    for (int i = 0; i < count; i++) {
      int word = block.register(order.wordsSwapped() ? index + count - 1 - i : index + i);
      raw = (raw << 16) | (order.bytesSwapped() ? ((word & 0xFF) << 8) | (word >> 8) : word);
    }
    return raw;
  }

  /// Whether `raw` holds a value.
  ///
  /// @param raw as given by [#raw]
  public static Validity validity(RegisterEncoding encoding, long raw) {
    if (isSentinel(encoding, raw)) {
      return Validity.NOT_AVAILABLE;
    }
    DataType type = encoding.type();
    if (type.isFloat() && !Double.isFinite(floating(type, raw))) {
      return Validity.NOT_AVAILABLE;
    }
    // Adding 6 to each nibble carries out of those above 9 only.
    if (type.isBcd() && (((raw + 0x6666_6666L) ^ raw ^ 0x6666_6666L) & 0x1_1111_1110L) != 0) {
      return Validity.MALFORMED;
    }
    return Validity.VALID;
  }

  static boolean isSentinel(RegisterEncoding encoding, long raw) {
    for (int i = 0; i < encoding.sentinels().size(); i++) {
      if (encoding.sentinels().get(i) == raw) {
        return true;
      }
    }
    return false;
  }

  /// The state that `raw` holds: whether any bit of the value is set.
  public static boolean bool(RegisterEncoding encoding, long raw) {
    return ((raw >>> encoding.firstBit()) & encoding.valueMask()) != 0;
  }

  /// The whole number that `raw` holds, unscaled and exact.
  ///
  /// @return two's complement; for UINT64 all 64 bits count
  public static long whole(RegisterEncoding encoding, long raw) {
    DataType type = encoding.type();
    if (type.isBcd()) {
      return bcd(raw);
    }
    long value = (raw >>> encoding.firstBit()) & encoding.valueMask();
    int spare = 64 - encoding.valueBits();
    return type.isSigned() ? (value << spare) >> spare : value;
  }

  private static long bcd(long raw) {
    long value = 0;
    for (int shift = 28; shift >= 0; shift -= 4) {
      value = 10 * value + ((raw >>> shift) & 0xF);
    }
    return value;
  }

  /// The number that `raw` holds, in engineering units.
  public static double real(RegisterEncoding encoding, long raw) {
    DataType type = encoding.type();
    return type.isFloat()
        ? scaled(encoding, floating(type, raw))
        : scaled(encoding, whole(encoding, raw));
  }

  /// A whole number of raw units in engineering units.
  ///
  /// @param whole as given by [#whole]
  public static double scaled(RegisterEncoding encoding, long whole) {
    return scaled(encoding, asDouble(whole, encoding.type() == DataType.UINT64));
  }

  private static double scaled(RegisterEncoding encoding, double value) {
    if (!encoding.isScaled()) {
      return value;
    }
    double divisor = encoding.wholeDivisor();
    return (divisor != 0 ? value / divisor : value * encoding.scale()) + encoding.offset();
  }

  private static double floating(DataType type, long raw) {
    return type == DataType.FLOAT32
        ? Float.intBitsToFloat((int) raw)
        : Double.longBitsToDouble(raw);
  }

  static double asDouble(long bits, boolean unsigned) {
    // Halving keeps the lowest bit, so that the sum rounds as the whole number would.
    return unsigned && bits < 0 ? ((bits >>> 1) | (bits & 1)) * 2.0 : bits;
  }

  /// The text of a string, up to its first zero byte and without the blanks that pad it. Bytes that
  /// are no UTF-8 become U+FFFD.
  ///
  /// @param index of the string's first register in `block`
  public static String text(RegisterEncoding encoding, RegisterBlock block, int index) {
    byte[] bytes = new byte[encoding.length()];
    int swap = encoding.order().bytesSwapped() ? 1 : 0;
    int length = 0;
    while (length < bytes.length) {
      int value = block.byteAt(2 * index + (length ^ swap));
      if (value == 0) {
        break;
      }
      bytes[length++] = (byte) value;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
  }
}
