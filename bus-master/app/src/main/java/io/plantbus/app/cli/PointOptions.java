package io.plantbus.app.cli;

import io.plantbus.app.device.Target;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say which values of a device are meant and how they lie in its registers; the short
/// ones are those of mbpoll.
final class PointOptions {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "int16, uint16 (default), int32, uint32, int64, uint64, float32, float64, bool, bcd16,"
              + " bcd32 or string.")
  private @Nullable String type;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "ABCD (default), CDAB, BADC or DCBA.")
  private @Nullable String order;

  @Option(names = "--scale", paramLabel = "FACTOR", description = "value = raw × scale + offset.")
  private double scale = 1;

  @Option(names = "--offset", paramLabel = "SUMMAND", description = "See --scale.")
  private double offset;

  @Option(names = "--length", paramLabel = "BYTES", description = "Bytes of a string, 1..250.")
  private int length;

  @Option(names = "--hex", description = "Show whole numbers in hexadecimal.")
  private boolean hex;

  @Option(
      names = "-r",
      paramLabel = "REFERENCE",
      description = "Number of the first value, counted from 1; instead of an address.")
  private @Nullable Integer reference;

  @Option(
      names = "-t",
      paramLabel = "TABLE",
      description =
          "With -r: 0 coils, 1 discrete inputs, 3 input registers, 4 holding registers (default);"
              + " :int16, :int, :float, :hex and :string add a type, of which :int and :float take"
              + " the low word first as mbpoll does, see -B.")
  private String table = "4";

  @Option(names = "-B", description = "With -t: the high word first.")
  private boolean bigEndian;

  private boolean zeroBased;

  /// Lets -r count from 0.
  void countFromZero() {
    zeroBased = true;
  }

  /// Whether the first value is given by -r, so that no address stands on the command line.
  boolean isReference() {
    return reference != null;
  }

  boolean isHex() {
    return hex || suffix().equals("hex");
  }

  /// The values meant.
  ///
  /// @param address as written; null with -r
  /// @throws IllegalArgumentException with what to write instead
  Target target(@Nullable String address, int count) {
    RegisterAddress first = address == null ? referenced() : RegisterAddress.of(address);
    return new Target(first.table(), first.address(), encoding(first.table()), count);
  }

  private RegisterAddress referenced() {
    if (reference == null) {
      throw new IllegalArgumentException(
          "the address is missing: write one such as holding:100 or 40101, or use -r");
    }
    DataTable named =
        switch (table.split(":", 2)[0]) {
          case "0" -> DataTable.COILS;
          case "1" -> DataTable.DISCRETE_INPUTS;
          case "3" -> DataTable.INPUT_REGISTERS;
          case "4" -> DataTable.HOLDING_REGISTERS;
          default -> throw new IllegalArgumentException("-t takes 0, 1, 3 or 4, was " + table);
        };
    int first = zeroBased ? reference : reference - 1;
    if (first < 0 || first > 0xFFFF) {
      throw new IllegalArgumentException(
          zeroBased
              ? "-r must be 0..65535 with -0, was " + reference
              : "-r must be 1..65536, was " + reference + "; add -0 to count from 0");
    }
    return new RegisterAddress(named, first);
  }

  private RegisterEncoding encoding(DataTable named) {
    if (named.isBits()) {
      return RegisterEncoding.of(DataType.BOOL);
    }
    DataType chosen = type != null ? DataType.of(type) : suffixType();
    RegisterOrder chosenOrder =
        order != null
            ? RegisterOrder.of(order)
            : List.of("int", "float").contains(suffix()) && !bigEndian
                ? RegisterOrder.CDAB
                : RegisterOrder.ABCD;
    if (chosen == DataType.STRING && length == 0) {
      throw new IllegalArgumentException("a string needs its length in bytes: add --length 16");
    }
    return new RegisterEncoding(
        chosen,
        chosenOrder,
        chosen == DataType.STRING ? length : 0,
        0,
        0,
        scale,
        offset,
        List.of());
  }

  private String suffix() {
    int colon = table.indexOf(':');
    return colon < 0 ? "" : table.substring(colon + 1).toLowerCase(Locale.ROOT);
  }

  private DataType suffixType() {
    return switch (suffix()) {
      case "", "hex" -> DataType.UINT16;
      case "int16" -> DataType.INT16;
      case "int" -> DataType.INT32;
      case "float" -> DataType.FLOAT32;
      case "string" -> DataType.STRING;
      default ->
          throw new IllegalArgumentException(
              "-t takes :int16, :int, :float, :hex or :string after the number, was " + table);
    };
  }
}
