package io.plantbus.hal;

/// What became of one I2C transfer. Only the bus failing altogether is an exception.
public enum I2cOutcome {
  /// Every byte was acknowledged as it should be.
  COMPLETED,
  /// Nobody acknowledged the address, or a data byte was not acknowledged where the platform cannot
  /// tell the two apart (Linux reports errno 6, 19 and 121 for both).
  NOT_ACKNOWLEDGED,
  /// The target acknowledged its address and refused a data byte.
  DATA_NOT_ACKNOWLEDGED,
  /// Another master won the bus; try again.
  ARBITRATION_LOST,
  /// The clock was stretched or the bus was held for longer than the platform allows.
  TIMED_OUT,
  /// SDA or SCL is held low, or the adapter reported another electrical fault.
  BUS_FAULT
}
