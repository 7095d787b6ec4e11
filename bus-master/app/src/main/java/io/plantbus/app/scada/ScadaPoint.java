package io.plantbus.app.scada;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;

/// One tag at one place of the served map.
///
/// @param tag name of a tag of the plant
/// @param table where it is served
/// @param address first address, 0..65535
/// @param encoding how it lies there, independent of how it lies in its device
/// @param writable whether clients may write it
public record ScadaPoint(
    String tag, DataTable table, int address, RegisterEncoding encoding, boolean writable) {
  public ScadaPoint {
    if (writable && !table.isWritable()) {
      throw new IllegalArgumentException(
          "a writable point lies in coils or holding registers, not in " + table.keyword());
    }
    if (!AddressRange.isValid(address, table.isBits() ? 1 : encoding.registers())) {
      throw new IllegalArgumentException("the point does not fit into addresses 0..65535");
    }
  }

  /// The addresses that it takes.
  public AddressRange range() {
    return new AddressRange(address, table.isBits() ? 1 : encoding.registers());
  }
}
