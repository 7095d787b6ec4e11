package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that say how a value lies in registers.
record PointKeys(
    OptionalKey<DataType> type,
    Key<RegisterOrder> order,
    OptionalKey<Integer> length,
    OptionalKey<BitField> bits,
    Key<Double> scale,
    Key<Double> offset,
    Key<List<Long>> notAvailable) {
  /// An address in any form.
  static final Type<RegisterAddress> ADDRESS =
      Types.parsed("an address", "one such as holding:100 or 40101", RegisterAddress::of);

  /// A bit field.
  ///
  /// @param first least significant bit
  /// @param count width
  private record BitField(int first, int count) {
    static BitField of(String text) {
      if (!text.matches("[0-9]{1,2}([.][.][0-9]{1,2})?")) {
        throw new IllegalArgumentException(
            "'" + text + "' names no bits: write one such as 3, or a span such as 4..7");
      }
      String[] ends = text.split("[.][.]", 2);
      int first = Integer.parseInt(ends[0]);
      int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
      if (last < first) {
        throw new IllegalArgumentException("write the lower bit first: " + last + ".." + first);
      }
      return new BitField(first, last - first + 1);
    }
  }

  /// Declares the keys.
  static PointKeys of(Keys keys) {
    return new PointKeys(
        keys.optional(
            "type",
            Types.parsed("a data type", "one such as uint16 or float32", DataType::of),
            "`int16`, `uint16`, `int32`, `uint32`, `int64`, `uint64`, `float32`, `float64`, `bool`,"
                + " `bcd16`, `bcd32` or `string`; `uint16` unless written, `bool` for bits."),
        keys.optional(
            "order",
            Types.parsed("a byte order", "ABCD, CDAB, BADC or DCBA", RegisterOrder::of),
            "ABCD",
            "Order of the bytes of a value of several registers, A the most significant."),
        keys.optional("length", Types.integer(1, 250), "Bytes of a string."),
        keys.optional(
            "bits",
            Types.parsed("a bit or span of bits", "3 or 4..7", BitField::of),
            "The bits of the raw value that belong to it, 0 the least significant."),
        keys.optional("scale", Types.real(), "1", "Value = raw × scale + offset."),
        keys.optional("offset", Types.real(), "0", "See `scale`."),
        keys.optional(
            "not-available",
            Types.list(Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE)),
            "[]",
            "Raw values that mean that there is no value."));
  }

  /// How the value lies in registers of a table.
  ///
  /// @throws IllegalArgumentException if the keys do not go together
  RegisterEncoding encoding(Fields fields, DataTable table) {
    DataType chosen = fields.get(type);
    if (table.isBits()) {
      if (chosen != null && chosen != DataType.BOOL) {
        throw new IllegalArgumentException(
            "a " + table.keyword() + " holds a bool: leave type away");
      }
      return RegisterEncoding.of(DataType.BOOL);
    }
    DataType used = chosen == null ? DataType.UINT16 : chosen;
    Integer bytes = fields.get(length);
    if (used == DataType.STRING && bytes == null) {
      throw new IllegalArgumentException("a string needs its length in bytes: write length: 16");
    }
    BitField field = fields.get(bits);
    return new RegisterEncoding(
        used,
        fields.get(order),
        bytes == null ? 0 : bytes,
        field == null ? 0 : field.first(),
        field == null ? 0 : field.count(),
        fields.get(scale),
        fields.get(offset),
        fields.get(notAvailable));
  }

  /// Whether the user wrote a type.
  @Nullable DataType written(Fields fields) {
    return fields.get(type);
  }

  /// Tells that keys have no effect without another one.
  void refuse(Fields fields, String missing) {
    for (String key : List.of("type", "order", "length", "bits", "scale", "offset")) {
      Node written = fields.node().get(key);
      if (written != null) {
        fields
            .problems()
            .error(
                written,
                "'" + key + "' has no effect without '" + missing + "'",
                "write '" + missing + "' too, or leave '" + key + "' away");
      }
    }
  }

  /// A plain resource: an unsigned register or a bit.
  static DeviceResource resource(String name, RegisterAddress address, Access access) {
    DataType plain = address.table().isBits() ? DataType.BOOL : DataType.UINT16;
    return resource(name, address, RegisterEncoding.of(plain), access, "", null, null);
  }

  /// A resource of a device without a profile.
  ///
  /// @throws IllegalArgumentException if it does not fit its table
  static DeviceResource resource(
      String name,
      RegisterAddress address,
      RegisterEncoding encoding,
      Access access,
      String unit,
      @Nullable Double minimum,
      @Nullable Double maximum) {
    DataTable table = address.table();
    if (access.canWrite() && !table.isWritable()) {
      throw new IllegalArgumentException(
          address + " cannot be written: write access: read, or another table");
    }
    if (minimum != null && maximum != null && minimum > maximum) {
      throw new IllegalArgumentException("min is above max: exchange them");
    }
    int width = table.isBits() ? 1 : encoding.registers();
    AddressRange range = new AddressRange(address.address(), width);
    return new DeviceResource(
        name, "", new Point.Modbus(table, range, encoding), access, unit, minimum, maximum, null);
  }
}
