package io.plantbus.devices.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.ByteBlock;
import org.jspecify.annotations.Nullable;

/// One address on a bus, with its transfers' outcomes as failures of a poll or write.
///
/// @param address whom the transfers go to
record I2cTarget(I2cAddress address) {
  private static final byte[] NOTHING = {};

  /// Writes bytes, each cut to 8 bits.
  ///
  /// @return what went wrong, or null if nothing did
  I2cStep.@Nullable Failed write(I2cBus bus, int... out) throws PortException {
    return transfer(bus, ByteBlock.of(out).toArray(), NOTHING);
  }

  /// Reads bytes after writing some.
  ///
  /// @param in filled with what is read
  /// @return what went wrong, or null if nothing did
  I2cStep.@Nullable Failed read(I2cBus bus, byte[] in, int... out) throws PortException {
    return transfer(bus, ByteBlock.of(out).toArray(), in);
  }

  I2cStep.@Nullable Failed transfer(I2cBus bus, byte[] out, byte[] in) throws PortException {
    I2cOutcome outcome = bus.transfer(address, out, in);
    return switch (outcome) {
      case COMPLETED -> null;
      case NOT_ACKNOWLEDGED -> silent("no acknowledge from ");
      case DATA_NOT_ACKNOWLEDGED -> broken("data refused by ");
      case ARBITRATION_LOST -> silent("bus lost to another master before ");
      case TIMED_OUT -> silent("bus held for too long by ");
      case BUS_FAULT -> silent("bus fault while talking to ");
    };
  }

  private I2cStep.Failed silent(String reason) {
    return new I2cStep.Failed(Quality.BAD_NO_COMMUNICATION, reason + address);
  }

  /// The device answers, and is not well.
  ///
  /// @param reason completed by its address
  I2cStep.Failed broken(String reason) {
    return new I2cStep.Failed(Quality.BAD_DEVICE_FAILURE, reason + address);
  }

  /// The plant file or profile asks for what the device cannot do.
  static I2cStep.Failed unfit(String reason) {
    return new I2cStep.Failed(Quality.BAD_CONFIGURATION_ERROR, reason);
  }
}
