package io.plantbus.hal;

/// Opens one I2C bus, again and again if need be.
@FunctionalInterface
public interface I2cOpener {
  /// Opens the bus. Called on the owner's thread.
  ///
  /// @throws PortException if the bus cannot be opened, with the reason and what to do about it
  I2cBus open() throws PortException;
}
