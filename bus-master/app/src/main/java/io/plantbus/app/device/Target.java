package io.plantbus.app.device;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive values of one type in one table.
///
/// @param table which table
/// @param address of the first, 0..65535
/// @param encoding how each lies in registers; not used for bit tables
/// @param count how many values
public record Target(DataTable table, int address, RegisterEncoding encoding, int count) {
  public Target {
    int width = table.isBits() ? 1 : encoding.registers();
    if (count < 1 || !AddressRange.isValid(address, count * width)) {
      throw new IllegalArgumentException(
          "%d values of %d from %s:%d on do not fit into addresses 0..65535"
              .formatted(count, width, table.keyword(), address));
    }
  }

  /// One value as it was read.
  ///
  /// @param address of its first register or bit, 0..65535
  /// @param value null if the device marks it as not available
  /// @param quality why there is no value; good with one
  /// @param raw its registers in hexadecimal, one word each; `0` or `1` for a bit
  public record Element(
      DataTable table, int address, @Nullable TagValue value, Quality quality, List<String> raw) {}

  /// Addresses that one value takes.
  public int width() {
    return table.isBits() ? 1 : encoding.registers();
  }

  /// The requests that read all values, as few as the specification allows; none cuts a value.
  public List<Request.Read> reads() {
    int perRequest = table.maxReadCount() / width();
    List<Request.Read> reads = new ArrayList<>();
    for (int done = 0; done < count; done += perRequest) {
      int now = Math.min(perRequest, count - done);
      reads.add(new Request.Read(table, new AddressRange(address + done * width(), now * width())));
    }
    return reads;
  }

  /// The values in the answer to one of [#reads].
  public List<Element> elements(Request.Read read, Response response) {
    List<Element> elements = new ArrayList<>();
    int start = read.range().start();
    switch (response) {
      case Response.Bits(var bits) -> {
        for (int i = 0; i < bits.count(); i++) {
          boolean on = bits.bit(i);
          elements.add(
              new Element(
                  table, start + i, TagValue.of(on), Quality.GOOD, List.of(on ? "1" : "0")));
        }
      }
      case Response.Registers(var registers) -> {
        for (int i = 0; i + width() <= registers.count(); i += width()) {
          elements.add(element(start, registers, i));
        }
      }
      case Response.Written _, Response.Refusal _, Response.Service _ ->
          throw new IllegalArgumentException("not the answer to a read: " + response);
    }
    return elements;
  }

  private Element element(int start, RegisterBlock registers, int index) {
    List<String> raw = new ArrayList<>();
    for (int i = index; i < index + width(); i++) {
      raw.add(HexFormat.of().toHexDigits((short) registers.register(i)));
    }
    TagReading reading = TagCodec.decode(encoding, registers, index);
    return new Element(table, start + index, reading.value(), reading.quality(), raw);
  }
}
