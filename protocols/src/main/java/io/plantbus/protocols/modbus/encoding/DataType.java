package io.plantbus.protocols.modbus.encoding;

import java.util.Locale;
import java.util.Map;

/// How a value is laid into registers.
public enum DataType {
  /// One bit: a coil, a discrete input, or a register that is not zero.
  BOOL(1),
  /// Two's complement, 16 bits.
  INT16(1),
  /// Unsigned, 16 bits.
  UINT16(1),
  /// Two's complement, 32 bits.
  INT32(2),
  /// Unsigned, 32 bits.
  UINT32(2),
  /// Two's complement, 64 bits.
  INT64(4),
  /// Unsigned, 64 bits.
  UINT64(4),
  /// IEEE 754 single precision.
  FLOAT32(2),
  /// IEEE 754 double precision.
  FLOAT64(4),
  /// Four decimal digits, 0..9999, one per nibble.
  BCD16(1),
  /// Eight decimal digits, 0..99999999, one per nibble.
  BCD32(2),
  /// ASCII or UTF-8 text, two bytes per register, padded with zero bytes; its length is given
  /// beside it.
  STRING(0);

  /// Other names, in lower case, such as those of IEC 61131-3.
  private static final Map<String, DataType> ALIASES =
      Map.ofEntries(
          Map.entry("bit", BOOL),
          Map.entry("int", INT16),
          Map.entry("s16", INT16),
          Map.entry("i16", INT16),
          Map.entry("short", INT16),
          Map.entry("uint", UINT16),
          Map.entry("u16", UINT16),
          Map.entry("word", UINT16),
          Map.entry("dint", INT32),
          Map.entry("s32", INT32),
          Map.entry("i32", INT32),
          Map.entry("udint", UINT32),
          Map.entry("u32", UINT32),
          Map.entry("dword", UINT32),
          Map.entry("lint", INT64),
          Map.entry("s64", INT64),
          Map.entry("i64", INT64),
          Map.entry("ulint", UINT64),
          Map.entry("u64", UINT64),
          Map.entry("lword", UINT64),
          Map.entry("real", FLOAT32),
          Map.entry("float", FLOAT32),
          Map.entry("f32", FLOAT32),
          Map.entry("lreal", FLOAT64),
          Map.entry("double", FLOAT64),
          Map.entry("f64", FLOAT64),
          Map.entry("bcd", BCD16),
          Map.entry("text", STRING));

  private final int registers;

  DataType(int registers) {
    this.registers = registers;
  }

  /// Registers that one value takes; 0 for [#STRING].
  public int registers() {
    return registers;
  }

  /// Bits that one value takes; 0 for [#STRING].
  public int bits() {
    return 16 * registers;
  }

  /// Whether it is a binary whole number, from [#INT16] to [#UINT64].
  public boolean isInteger() {
    return switch (this) {
      case INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
      case BOOL, FLOAT32, FLOAT64, BCD16, BCD32, STRING -> false;
    };
  }

  /// Whether it is a whole number in two's complement.
  public boolean isSigned() {
    return this == INT16 || this == INT32 || this == INT64;
  }

  /// Whether it is an IEEE 754 number.
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /// Whether each nibble is a decimal digit.
  public boolean isBcd() {
    return this == BCD16 || this == BCD32;
  }

  /// The name in documents, such as `int16`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The type that a user calls `name`: its keyword or an alias, in upper or lower case.
  ///
  /// @throws IllegalArgumentException if there is none, with the names that there are
  public static DataType of(String name) {
    String key = name.trim().toLowerCase(Locale.ROOT);
    for (DataType type : values()) {
      if (type.keyword().equals(key)) {
        return type;
      }
    }
    DataType aliased = ALIASES.get(key);
    if (aliased != null) {
      return aliased;
    }
    throw new IllegalArgumentException(
        "unknown data type '"
            + name
            + "': write one of int16, uint16, int32, uint32, int64, uint64, float32, float64, bool,"
            + " bcd16, bcd32, string");
  }
}
