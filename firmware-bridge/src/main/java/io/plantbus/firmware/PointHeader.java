package io.plantbus.firmware;

import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;

/// The part that all headers share, guarded so that several can be included.
final class PointHeader {
  static final String TEXT = text();

  private PointHeader() {}

  private static String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        #ifndef PLANTBUS_POINT_DEFINED
        #define PLANTBUS_POINT_DEFINED
        #include <stdint.h>

        /* Tables, by their Modicon digits. */
        """);
    for (DataTable table : DataTable.values()) {
      define(text, table.name(), table.modiconDigit());
    }
    text.append("\n/* Data types. */\n");
    for (DataType type : DataType.values()) {
      define(text, type.name(), code(type));
    }
    text.append("\n/* Flags: words swapped 16, bytes swapped 32; what a master may do. */\n");
    for (RegisterOrder order : RegisterOrder.values()) {
      define(
          text,
          order.name(),
          (order.wordsSwapped() ? 0x10 : 0) | (order.bytesSwapped() ? 0x20 : 0));
    }
    define(text, "READ", 1);
    define(text, "WRITE", 2);
    return text.append(
            """

            /* One resource; bits is 0 unless it is a bit field from first_bit on. */
            typedef struct {
              uint16_t address; /* 0-based */
              uint8_t table;
              uint8_t count; /* registers, or 1 bit */
              uint8_t type;
              uint8_t flags;
              uint8_t first_bit;
              uint8_t bits;
            } plantbus_point;
            typedef char plantbus_point_is_packed[sizeof(plantbus_point) == 8 ? 1 : -1];
            #endif
            """)
        .toString();
  }

  /// Firmware keeps these numbers: they never change.
  private static int code(DataType type) {
    return switch (type) {
      case BOOL -> 0;
      case INT16 -> 1;
      case UINT16 -> 2;
      case INT32 -> 3;
      case UINT32 -> 4;
      case INT64 -> 5;
      case UINT64 -> 6;
      case FLOAT32 -> 7;
      case FLOAT64 -> 8;
      case BCD16 -> 9;
      case BCD32 -> 10;
      case STRING -> 11;
    };
  }

  private static void define(StringBuilder text, String name, int value) {
    text.append("#define PLANTBUS_%s %du\n".formatted(name, value));
  }
}
