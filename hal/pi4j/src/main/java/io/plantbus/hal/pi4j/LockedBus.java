package io.plantbus.hal.pi4j;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import java.util.concurrent.Callable;

/// One of our buses as Pi4J's devices share it: one transfer at a time, failures as the exceptions
/// and texts that Linux and Pi4J give.
final class LockedBus extends I2CBusBase {
  private final I2cBus port;

  LockedBus(I2CConfig config, I2cBus port) {
    super(config);
    this.port = port;
  }

  @Override
  public <R> R execute(I2C i2c, Callable<R> action) {
    return _execute(i2c, action);
  }

  /// Runs one transfer.
  ///
  /// @throws com.pi4j.exception.Pi4JException if it does not complete; the cause is a Pi4J
  ///   `IOException`, whose cause has the system's text for the reason
  void transfer(I2C i2c, I2cAddress address, byte[] out, byte[] in) {
    execute(
        i2c,
        () -> {
          I2cOutcome outcome;
          try {
            outcome = port.transfer(address, out, in);
          } catch (PortException e) {
            throw new IOException(e.getMessage(), e);
          }
          if (outcome != I2cOutcome.COMPLETED) {
            throw new IOException(
                "transfer with %s on %s: %s".formatted(address, port.name(), outcome),
                new java.io.IOException(systemText(outcome)));
          }
          return outcome;
        });
  }

  private static String systemText(I2cOutcome outcome) {
    return switch (outcome) {
      case COMPLETED -> "Success";
      case NOT_ACKNOWLEDGED, DATA_NOT_ACKNOWLEDGED -> "Remote I/O error";
      case ARBITRATION_LOST -> "Resource temporarily unavailable";
      case TIMED_OUT -> "Connection timed out";
      case BUS_FAULT -> "Input/output error";
    };
  }
}
