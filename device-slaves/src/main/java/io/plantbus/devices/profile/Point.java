package io.plantbus.devices.profile;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;

/// Where a resource lies in its device.
public sealed interface Point {
  /// Elements of a Modbus table.
  ///
  /// @param table which table
  /// @param range the element or elements that the value takes
  /// @param encoding how the value lies in them; for bit tables of type BOOL
  record Modbus(DataTable table, AddressRange range, RegisterEncoding encoding) implements Point {}

  /// A register of an I2C device, read by writing its number and then reading.
  ///
  /// @param register register number, 0..255
  /// @param encoding how the value lies in the bytes, big-endian words unless its order says
  ///   otherwise
  /// @param pec whether SMBus packet error checking is used
  record I2cRegister(int register, RegisterEncoding encoding, boolean pec) implements Point {}

  /// A channel of a device with a driver of its own.
  ///
  /// @param driver the driver's name, such as `sht31`
  /// @param channel which of its values, such as `temperature`
  /// @param scale factor from what the driver measures to engineering units, not 0; 1 for none
  /// @param offset summand, in engineering units
  record I2cChannel(String driver, String channel, double scale, double offset) implements Point {
    public I2cChannel {
      if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
        throw new IllegalArgumentException("scale must be finite and not 0, offset finite");
      }
    }
  }
}
