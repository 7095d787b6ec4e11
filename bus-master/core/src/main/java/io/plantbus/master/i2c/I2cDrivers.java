package io.plantbus.master.i2c;

import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.master.plant.DeviceSpec;

/// Makes the driver of an I2C device.
@FunctionalInterface
public interface I2cDrivers {
  /// A fresh driver for one device.
  ///
  /// @throws IllegalArgumentException if its profile names no driver that there is, or its options
  ///   do not fit
  I2cDriver driver(DeviceSpec device);
}
