package io.plantbus.devices.i2c;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;

/// The master's side of one I2C device, owned by its line's thread. Never waits: a device that
/// needs time to measure makes `poll` return [I2cStep.Waiting] and is called again.
public interface I2cDriver {
  /// Starts or continues one poll of all its channels.
  ///
  /// @param bus the device's bus, a few transfers of which are used
  /// @throws PortException if the bus itself is gone
  I2cStep poll(I2cBus bus, long nowNanos) throws PortException;

  /// A resource as measured by the last finished poll.
  ///
  /// @param resource one whose point this driver serves
  I2cStep.Channel channel(DeviceResource resource);

  /// Starts or continues writing one resource.
  ///
  /// @throws PortException if the bus itself is gone
  I2cStep write(I2cBus bus, DeviceResource resource, TagValue value, long nowNanos)
      throws PortException;

  /// Forgets what it knows of the device's state, after silence or a lost bus: the next poll
  /// initialises it again.
  void reset();
}
