package io.plantbus.master.write;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.Arrays;
import java.util.StringJoiner;

/// The bits that a Modbus write sets, as they lie in the device: what was read back is compared
/// with them, so that no scale or rounding comes in between. Immutable.
final class WrittenField {
  /// What an answer says of a field.
  enum Match {
    /// Nothing: it holds other addresses.
    APART,
    /// It has every bit that was written.
    SAME,
    /// It has another bit somewhere.
    OTHER
  }

  private final DataTable table;
  private final AddressRange range;
  private final int[] values;
  private final int[] masks;

  private WrittenField(DataTable table, int start, int[] values, int[] masks) {
    this.table = table;
    this.range = new AddressRange(start, values.length);
    this.values = values;
    this.masks = masks;
  }

  /// The field that a request sets.
  ///
  /// @param write one that writes coils or registers and does nothing else
  static WrittenField of(Request write) {
    return switch (write) {
      case Request.WriteSingleCoil(int address, boolean on) ->
          new WrittenField(DataTable.COILS, address, new int[] {on ? 1 : 0}, new int[] {1});
      case Request.WriteSingleRegister(int address, int value) ->
          registers(address, new int[] {value}, 0xFFFF);
      case Request.WriteMultipleRegisters many -> {
        int[] values = new int[many.registers().count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = many.registers().register(i);
        }
        yield registers(many.start(), values, 0xFFFF);
      }
      case Request.MaskWriteRegister(int address, int andMask, int orMask) ->
          registers(address, new int[] {orMask & ~andMask & 0xFFFF}, ~andMask & 0xFFFF);
      case Request.WriteMultipleCoils many -> {
        int[] values = new int[many.bits().count()];
        int[] masks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = many.bits().bit(i) ? 1 : 0;
          masks[i] = 1;
        }
        yield new WrittenField(DataTable.COILS, many.start(), values, masks);
      }
      case Request.Read _, Request.ReadWriteMultipleRegisters _, Request.Service _ ->
          throw new IllegalArgumentException("no plain write: " + write);
    };
  }

  private static WrittenField registers(int start, int[] values, int mask) {
    int[] masks = new int[values.length];
    Arrays.fill(masks, mask);
    return new WrittenField(DataTable.HOLDING_REGISTERS, start, values, masks);
  }

  /// Whether both set one and the same bit.
  boolean overlaps(WrittenField other) {
    if (table != other.table || !range.overlaps(other.range)) {
      return false;
    }
    int first = Math.max(range.start(), other.range.start());
    int last = Math.min(range.last(), other.range.last());
    for (int at = first; at <= last; at++) {
      if ((masks[at - range.start()] & other.masks[at - other.range.start()]) != 0) {
        return true;
      }
    }
    return false;
  }

  /// Compares with the answer to a read of the same device.
  Match match(Request.Read read, Response response) {
    if (read.table() != table || !read.range().contains(range)) {
      return Match.APART;
    }
    for (int i = 0; i < values.length; i++) {
      if ((element(read, response, i) & masks[i]) != values[i]) {
        return Match.OTHER;
      }
    }
    return Match.SAME;
  }

  private int element(Request.Read read, Response response, int index) {
    int at = range.start() + index - read.range().start();
    return switch (response) {
      case Response.Registers(var block) -> block.register(at);
      case Response.Bits(var block) -> block.bit(at) ? 1 : 0;
      case Response.Written _, Response.Refusal _, Response.Service _ ->
          throw new IllegalArgumentException("no answer to a read: " + response);
    };
  }

  /// The bits of this field in an answer that holds it, as [#raw()] has them.
  String raw(Request.Read read, Response response) {
    int[] found = new int[values.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = element(read, response, i) & masks[i];
    }
    return text(found);
  }

  /// Such as `0x0007`, `0x3fc0 0000`, `0x0004/000c` with the mask of a bit field, or `1` for a
  /// coil.
  String raw() {
    return text(values);
  }

  private String text(int[] elements) {
    if (table.isBits()) {
      StringJoiner bits = new StringJoiner("");
      for (int bit : elements) {
        bits.add(Integer.toString(bit));
      }
      return bits.toString();
    }
    StringJoiner words = new StringJoiner(" ", "0x", "");
    for (int i = 0; i < elements.length; i++) {
      String word = "%04x".formatted(elements[i]);
      words.add(masks[i] == 0xFFFF ? word : word + "/%04x".formatted(masks[i]));
    }
    return words.toString();
  }
}
