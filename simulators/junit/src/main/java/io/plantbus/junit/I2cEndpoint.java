package io.plantbus.junit;

import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.PortException;

/// An I2C bus of a bench.
///
/// @param number 1 for the first I2C line of the file, which Pi4J code asks for as bus 1
/// @param opener opens the bus, any number of times
public record I2cEndpoint(int number, I2cOpener opener) {
  /// Opens the bus; each opener is one master of it.
  ///
  /// @throws PortException if its adapter was removed
  public I2cBus open() throws PortException {
    return opener.open();
  }
}
