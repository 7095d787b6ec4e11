package io.plantbus.devices.profile;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Located;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A resource as it stands in a profile, each key right by itself.
///
/// @param name as written
/// @param description as written
/// @param attributes where it lies
/// @param properties what it means
record ResourceEntry(
    Located<String> name, String description, Attributes attributes, Properties properties) {

  /// Where a resource lies.
  ///
  /// @param startingAddress as written
  /// @param stringRegisterSize in registers
  /// @param swap the order of the swap flags; null without one
  /// @param i2cRegister 0..255
  /// @param where for problems
  record Attributes(
      @Nullable DataTable primaryTable,
      @Nullable Located<String> startingAddress,
      @Nullable DataType rawType,
      @Nullable Integer stringRegisterSize,
      @Nullable RegisterOrder swap,
      @Nullable RegisterOrder order,
      @Nullable Located<Bits> bits,
      @Nullable Located<List<Long>> sentinels,
      @Nullable Integer i2cRegister,
      @Nullable Boolean pec,
      @Nullable String driver,
      @Nullable String channel,
      Node where) {

    RegisterOrder byteOrder() {
      if (order != null) {
        return order;
      }
      return swap != null ? swap : RegisterOrder.ABCD;
    }
  }

  /// A bit field.
  ///
  /// @param first least significant bit, 0..63
  /// @param count 1..64
  record Bits(int first, int count) {}

  /// What a resource means.
  ///
  /// @param mask and `shift` as EdgeX defines them: the mask first; a negative shift goes right
  /// @param where for problems
  record Properties(
      DataType valueType,
      DeviceResource.Access access,
      String units,
      double scale,
      double offset,
      @Nullable Located<Long> mask,
      @Nullable Located<Integer> shift,
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable Located<String> defaultValue,
      Node where) {}
}
