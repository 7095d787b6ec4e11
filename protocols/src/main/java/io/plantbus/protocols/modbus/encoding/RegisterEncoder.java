package io.plantbus.protocols.modbus.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// From values to registers, without allocation except for text. Every method writes 2 ×
/// [RegisterEncoding#registers()] bytes, all of them or, unless it ends as [EncodeOutcome#ENCODED],
/// none; bits outside of a bit field stay as they are. Pure functions, for any thread.
public final class RegisterEncoder {
  private static final double TWO_TO_63 = 0x1p63;

  private RegisterEncoder() {}

  /// Encodes a state: as 1 or 0 whatever the type.
  public static EncodeOutcome bool(RegisterEncoding encoding, boolean value, byte[] into, int at) {
    return whole(encoding, value ? 1 : 0, false, into, at);
  }

  /// Encodes a whole number, exactly unless the encoding is scaled or a float.
  ///
  /// @param bits the number in engineering units
  /// @param unsigned whether `bits` is 0..2^64-1 rather than two's complement
  public static EncodeOutcome whole(
      RegisterEncoding encoding, long bits, boolean unsigned, byte[] into, int at) {
    DataType type = encoding.type();
    if (type == DataType.STRING) {
      return EncodeOutcome.WRONG_KIND;
    }
    if (type.isFloat() || (encoding.isScaled() && type != DataType.BOOL)) {
      return real(encoding, RegisterDecoder.asDouble(bits, unsigned), into, at);
    }
    return integer(encoding, bits, unsigned && bits < 0, into, at);
  }

  /// Encodes a real number; where the type is not a float, the nearest whole number of raw units.
  ///
  /// @param value in engineering units
  public static EncodeOutcome real(RegisterEncoding encoding, double value, byte[] into, int at) {
    DataType type = encoding.type();
    if (type == DataType.STRING) {
      return EncodeOutcome.WRONG_KIND;
    }
    if (type == DataType.BOOL) {
      return value == 0 || value == 1
          ? integer(encoding, (long) value, false, into, at)
          : EncodeOutcome.OUT_OF_RANGE;
    }
    double unscaled = unscaled(encoding, value);
    if (type.isFloat()) {
      return floating(encoding, unscaled, into, at);
    }
    double nearest = nearest(unscaled);
    if (!(nearest >= -TWO_TO_63 && nearest < 2 * TWO_TO_63)) {
      return EncodeOutcome.OUT_OF_RANGE;
    }
    return nearest < TWO_TO_63
        ? integer(encoding, (long) nearest, false, into, at)
        : integer(encoding, (long) (nearest - TWO_TO_63) ^ Long.MIN_VALUE, true, into, at);
  }

  private static double unscaled(RegisterEncoding encoding, double value) {
    if (!encoding.isScaled()) {
      return value;
    }
    double divisor = encoding.wholeDivisor();
    double distance = value - encoding.offset();
    return divisor != 0 ? distance * divisor : distance / encoding.scale();
  }

  /// The nearest whole number, halves away from zero.
  private static double nearest(double value) {
    double down = Math.floor(Math.abs(value));
    return Math.copySign(Math.abs(value) - down >= 0.5 ? down + 1 : down, value);
  }

  private static EncodeOutcome floating(
      RegisterEncoding encoding, double value, byte[] into, int at) {
    if (encoding.type() == DataType.FLOAT64) {
      return Double.isFinite(value)
          ? put(encoding, Double.doubleToRawLongBits(value), into, at)
          : EncodeOutcome.OUT_OF_RANGE;
    }
    float single = (float) value;
    return Float.isFinite(single)
        ? put(encoding, Float.floatToRawIntBits(single) & 0xFFFF_FFFFL, into, at)
        : EncodeOutcome.OUT_OF_RANGE;
  }

  /// @param above whether the number is 2^63 or more, as `bits` without sign
  private static EncodeOutcome integer(
      RegisterEncoding encoding, long bits, boolean above, byte[] into, int at) {
    DataType type = encoding.type();
    if (type.isBcd()) {
      return bcd(encoding, bits, into, at);
    }
    int width = encoding.valueBits();
    int spare = 64 - width;
    boolean fits;
    if (type == DataType.BOOL) {
      fits = bits == 0 || bits == 1;
    } else if (type.isSigned()) {
      fits = !above && ((bits << spare) >> spare) == bits;
    } else {
      fits = spare == 0 ? above || bits >= 0 : (bits >>> width) == 0;
    }
    if (!fits) {
      return EncodeOutcome.OUT_OF_RANGE;
    }
    long mask = encoding.valueMask() << encoding.firstBit();
    long others = encoding.isField() ? get(encoding, into, at) & ~mask : 0;
    return put(encoding, others | ((bits << encoding.firstBit()) & mask), into, at);
  }

  private static EncodeOutcome bcd(RegisterEncoding encoding, long bits, byte[] into, int at) {
    if (bits < 0 || bits > (encoding.type() == DataType.BCD16 ? 9_999 : 99_999_999)) {
      return EncodeOutcome.OUT_OF_RANGE;
    }
    long raw = 0;
    long rest = bits;
    for (int shift = 0; rest > 0; shift += 4) {
      raw |= (rest % 10) << shift;
      rest /= 10;
    }
    return put(encoding, raw, into, at);
  }

  /// Encodes text, padded with zero bytes.
  ///
  /// @param value UTF-8, at most as long as the encoding says, without zero characters
  public static EncodeOutcome text(RegisterEncoding encoding, String value, byte[] into, int at) {
    if (encoding.type() != DataType.STRING) {
      return EncodeOutcome.WRONG_KIND;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > encoding.length()) {
      return EncodeOutcome.TOO_LONG;
    }
    if (value.indexOf('\0') >= 0) {
      return EncodeOutcome.OUT_OF_RANGE;
    }
    int swap = encoding.order().bytesSwapped() ? 1 : 0;
    for (int i = 0; i < 2 * encoding.registers(); i++) {
      into[at + (i ^ swap)] = i < bytes.length ? bytes[i] : 0;
    }
    return EncodeOutcome.ENCODED;
  }

  private static EncodeOutcome put(RegisterEncoding encoding, long raw, byte[] into, int at) {
    if (RegisterDecoder.isSentinel(encoding, raw)) {
      return EncodeOutcome.RESERVED;
    }
    raw(encoding, raw, into, at);
    return EncodeOutcome.ENCODED;
  }

  /// Writes bits as they are, the whole of the type's width, sentinels too.
  ///
  /// @param raw in the order of significance; bits above the type's width are ignored
  public static void raw(RegisterEncoding encoding, long raw, byte[] into, int at) {
    int count = encoding.type().registers();
    for (int i = 0; i < 2 * count; i++) {
      into[at + place(encoding.order(), count, i)] = (byte) (raw >>> (8 * (2 * count - 1 - i)));
    }
  }

  /// Writes ones where bits of the value stand, zeros elsewhere.
  public static void mask(RegisterEncoding encoding, byte[] into, int at) {
    if (encoding.isField()) {
      raw(encoding, encoding.valueMask() << encoding.firstBit(), into, at);
    } else {
      Arrays.fill(into, at, at + 2 * encoding.registers(), (byte) 0xFF);
    }
  }

  private static long get(RegisterEncoding encoding, byte[] from, int at) {
    int count = encoding.type().registers();
    long raw = 0;
    for (int i = 0; i < 2 * count; i++) {
      raw = (raw << 8) | (from[at + place(encoding.order(), count, i)] & 0xFF);
    }
    return raw;
  }

  /// Where the byte of rank `i` from the most significant stands.
  private static int place(RegisterOrder order, int count, int i) {
    int word = order.wordsSwapped() ? count - 1 - (i >> 1) : i >> 1;
    return 2 * word + ((i & 1) ^ (order.bytesSwapped() ? 1 : 0));
  }
}
