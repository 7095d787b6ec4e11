package io.plantbus.devices;

/// A value with engineering meaning: scaled, typed, without a wire.
public sealed interface TagValue {
  /// A state.
  record Bool(boolean value) implements TagValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /// A whole number.
  ///
  /// @param bits the number; read as unsigned if `unsigned`
  /// @param unsigned whether `bits` is 0..2^64-1 rather than two's complement
  record Whole(long bits, boolean unsigned) implements TagValue {
    @Override
    public String toString() {
      return unsigned ? Long.toUnsignedString(bits) : Long.toString(bits);
    }
  }

  /// A real number; finite.
  record Real(double value) implements TagValue {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a real value must be finite, was " + value);
      }
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /// Text.
  record Text(String value) implements TagValue {
    @Override
    public String toString() {
      return value;
    }
  }

  /// A signed whole number.
  static TagValue of(long value) {
    return new Whole(value, false);
  }

  /// A real number.
  static TagValue of(double value) {
    return new Real(value);
  }

  /// A state.
  static TagValue of(boolean value) {
    return new Bool(value);
  }

  /// Text.
  static TagValue of(String value) {
    return new Text(value);
  }

  /// The value as a number: states are 0 and 1, text is NaN, large whole numbers are rounded.
  default double asDouble() {
    return switch (this) {
      case Bool(boolean value) -> value ? 1 : 0;
      case Whole(long bits, boolean unsigned) ->
          unsigned && bits < 0 ? (bits >>> 1) * 2.0 + (bits & 1) : bits;
      case Real(double value) -> value;
      case Text _ -> Double.NaN;
    };
  }
}
