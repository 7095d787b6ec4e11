package io.plantbus.protocols.modbus.encoding;

import java.util.List;

/// How one engineering value lies in registers: engineering = raw × scale + offset.
///
/// Scale and offset mean nothing to states and text. Words of a string keep their order; its bytes
/// may be swapped within each register.
///
/// @param type data type of the raw value
/// @param order byte and word order
/// @param length bytes of a string, 1..250; 0 for other types
/// @param firstBit least significant bit of a bit field in the raw value; 0 without one
/// @param bitCount width of the bit field in bits; 0 for the whole value
/// @param scale factor, not 0
/// @param offset summand, in engineering units
/// @param sentinels raw values, as unsigned bit patterns of the type's width, that mean "not
///   available"
public record RegisterEncoding(
    DataType type,
    RegisterOrder order,
    int length,
    int firstBit,
    int bitCount,
    double scale,
    double offset,
    List<Long> sentinels) {

  public RegisterEncoding {
    sentinels = List.copyOf(sentinels);
    if (type == DataType.STRING ? length < 1 || length > 250 : length != 0) {
      throw new IllegalArgumentException(
          "a string takes 1..250 bytes, other types none; was " + length);
    }
    if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
      throw new IllegalArgumentException("scale must be finite and not 0, offset finite");
    }
    int bits = type.bits();
    if (bitCount > 0 && !type.isInteger() && type != DataType.BOOL) {
      throw new IllegalArgumentException("a bit field needs an integer type or bool, not " + type);
    }
    if (firstBit < 0 || bitCount < 0 || (bitCount > 0 && firstBit + bitCount > bits)) {
      throw new IllegalArgumentException(
          "bit field " + firstBit + "+" + bitCount + " does not lie within " + bits + " bits");
    }
  }

  /// The plain encoding of a type: order `ABCD`, neither scaled nor cut.
  ///
  /// @param type any but STRING
  public static RegisterEncoding of(DataType type) {
    return of(type, RegisterOrder.ABCD);
  }

  /// The plain encoding of a type in an order.
  ///
  /// @param type any but STRING
  public static RegisterEncoding of(DataType type, RegisterOrder order) {
    return new RegisterEncoding(type, order, 0, 0, 0, 1, 0, List.of());
  }

  /// Registers that the value takes, 1..125.
  public int registers() {
    return type == DataType.STRING ? (length + 1) / 2 : type.registers();
  }

  /// Whether the value is but a part of its registers' bits.
  public boolean isField() {
    return bitCount > 0 && bitCount < type.bits();
  }

  /// Whether scale or offset change the value.
  public boolean isScaled() {
    return scale != 1 || offset != 0;
  }

  /// Width of the value in bits: that of the bit field, or of the type.
  int valueBits() {
    return bitCount > 0 ? bitCount : type.bits();
  }

  /// The bits of the value, in the least significant places.
  long valueMask() {
    return valueBits() == 64 ? -1L : (1L << valueBits()) - 1;
  }

  /// 1/scale where that is a whole number, or else 0: dividing by 10 rounds once and gives 12.3
  /// where multiplying by 0.1 gives 12.300000000000001.
  double wholeDivisor() {
    double divisor = Math.rint(1 / scale);
    return divisor != 0 && 1 / divisor == scale ? divisor : 0;
  }
}
