package io.plantbus.devices;

import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.protocols.modbus.encoding.RegisterDecoder;
import io.plantbus.protocols.modbus.encoding.RegisterEncoder;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;

/// Between registers and values with quality. Pure functions, for any thread.
///
/// | encoding | value |
/// |---|---|
/// | BOOL, coils and discrete inputs | [TagValue.Bool] |
/// | integers and BCD without scale and offset | [TagValue.Whole], unsigned only above 2^63-1, so that equal numbers are equal values |
/// | floats, and whatever has a scale or offset | [TagValue.Real] |
/// | STRING | [TagValue.Text] |
public final class TagCodec {
  private TagCodec() {}

  /// Reads a value.
  ///
  /// @param index of the value's first register in `block`
  /// @throws IndexOutOfBoundsException if the block does not hold all of its registers
  public static TagReading decode(RegisterEncoding encoding, RegisterBlock block, int index) {
    DataType type = encoding.type();
    if (type == DataType.STRING) {
      return TagReading.good(new TagValue.Text(RegisterDecoder.text(encoding, block, index)));
    }
    long raw = RegisterDecoder.raw(encoding, block, index);
    return switch (RegisterDecoder.validity(encoding, raw)) {
      case VALID -> number(encoding, raw);
      case NOT_AVAILABLE -> TagReading.NOT_AVAILABLE;
      case MALFORMED -> TagReading.MALFORMED;
    };
  }

  private static TagReading number(RegisterEncoding encoding, long raw) {
    DataType type = encoding.type();
    if (type == DataType.BOOL) {
      return TagReading.good(new TagValue.Bool(RegisterDecoder.bool(encoding, raw)));
    }
    if (!type.isFloat() && !encoding.isScaled()) {
      long whole = RegisterDecoder.whole(encoding, raw);
      return TagReading.good(new TagValue.Whole(whole, whole < 0 && !type.isSigned()));
    }
    double real = RegisterDecoder.real(encoding, raw);
    return Double.isFinite(real)
        ? TagReading.good(new TagValue.Real(real))
        : TagReading.OUT_OF_RANGE;
  }

  /// Reads a coil or discrete input.
  public static TagReading decode(BitBlock block, int index) {
    return TagReading.good(new TagValue.Bool(block.bit(index)));
  }

  /// Lays a value into registers of its own.
  public static TagEncoding encode(RegisterEncoding encoding, TagValue value) {
    byte[] bytes = new byte[2 * encoding.registers()];
    EncodeOutcome outcome = encode(encoding, value, bytes, 0);
    return outcome == EncodeOutcome.ENCODED
        ? new TagEncoding.Registers(RegisterBlock.view(bytes, 0, encoding.registers()))
        : new TagEncoding.Misfit(misfit(encoding, value, outcome));
  }

  /// Lays a value into registers that stand in `into` already: bits outside of a bit field stay.
  ///
  /// @param into wire form, written unless the value does not fit
  /// @param at of the value's first byte
  public static EncodeOutcome encode(
      RegisterEncoding encoding, TagValue value, byte[] into, int at) {
    return switch (value) {
      case TagValue.Bool(boolean state) -> RegisterEncoder.bool(encoding, state, into, at);
      case TagValue.Whole(long bits, boolean unsigned) ->
          RegisterEncoder.whole(encoding, bits, unsigned, into, at);
      case TagValue.Real(double real) -> RegisterEncoder.real(encoding, real, into, at);
      case TagValue.Text(String text) -> RegisterEncoder.text(encoding, text, into, at);
    };
  }

  /// The state that a value means to a coil: a state, 0 or 1.
  public static TagEncoding encodeCoil(TagValue value) {
    double number = value.asDouble();
    return number == 0 || number == 1
        ? new TagEncoding.Coil(number == 1)
        : new TagEncoding.Misfit(value + " is no state: a coil takes true, false, 0 or 1");
  }

  /// The bits of a value's registers that belong to it: all of them unless it is a bit field. For
  /// function code 22, the AND mask is the complement and the OR mask is what `encode` gives.
  public static RegisterBlock mask(RegisterEncoding encoding) {
    byte[] bytes = new byte[2 * encoding.registers()];
    RegisterEncoder.mask(encoding, bytes, 0);
    return RegisterBlock.view(bytes, 0, encoding.registers());
  }

  /// Says to a person why a value does not fit.
  ///
  /// @param outcome any but ENCODED
  public static String misfit(RegisterEncoding encoding, TagValue value, EncodeOutcome outcome) {
    String type = encoding.type().keyword();
    return switch (outcome) {
      case ENCODED -> throw new IllegalArgumentException("the value fits");
      case OUT_OF_RANGE -> value + " does not fit " + type + range(encoding);
      case RESERVED -> value + " cannot be written: its bits mean \"not available\" to the device";
      case TOO_LONG -> "text takes more than the " + encoding.length() + " bytes that it has";
      case WRONG_KIND ->
          encoding.type() == DataType.STRING
              ? value + " is no text"
              : "'" + value + "' is text, a number is wanted for " + type;
    };
  }

  private static String range(RegisterEncoding encoding) {
    DataType type = encoding.type();
    if (type == DataType.BOOL) {
      return ", which takes true, false, 0 or 1";
    }
    if (type == DataType.STRING || type.isFloat()) {
      return "";
    }
    return ", which holds %s..%s".formatted(limit(encoding, false), limit(encoding, true));
  }

  private static String limit(RegisterEncoding encoding, boolean upper) {
    DataType type = encoding.type();
    int width = encoding.bitCount() > 0 ? encoding.bitCount() : type.bits();
    long raw;
    if (type.isBcd()) {
      raw = !upper ? 0 : type == DataType.BCD16 ? 9_999 : 99_999_999;
    } else if (type.isSigned()) {
      raw = upper ? Long.MAX_VALUE >> (64 - width) : Long.MIN_VALUE >> (64 - width);
    } else {
      raw = upper ? -1L >>> (64 - width) : 0;
    }
    if (!encoding.isScaled()) {
      return type.isSigned() ? Long.toString(raw) : Long.toUnsignedString(raw);
    }
    return Double.toString(RegisterDecoder.scaled(encoding, raw));
  }
}
