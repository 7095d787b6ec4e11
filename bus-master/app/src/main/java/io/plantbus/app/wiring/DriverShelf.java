package io.plantbus.app.wiring;

import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.devices.i2c.I2cDrivers;
import io.plantbus.master.plant.DeviceSpec;

/// The I2C drivers that a master of this program uses.
public final class DriverShelf {
  private DriverShelf() {}

  /// A fresh driver for one device.
  ///
  /// @throws IllegalArgumentException if its profile, options or address do not go together
  public static I2cDriver driver(DeviceSpec device) {
    return switch (device.address()) {
      case DeviceSpec.Address.I2c(var address) ->
          I2cDrivers.create(device.profile(), address, device.options());
      case DeviceSpec.Address.Modbus _ ->
          throw new IllegalArgumentException(device.name() + " is no I2C device");
    };
  }
}
