package io.plantbus.simulators.chip;

import io.plantbus.simulators.i2c.I2cTarget;

/// A chip with channels that the world around it sets and reads, by the names that device profiles
/// use. These methods are safe for any thread.
public interface Chip extends I2cTarget {
  /// What the world brings to a channel.
  ///
  /// @param channel the name of an input
  /// @param value in the unit of the channel; outside of the chip's range it saturates
  /// @throws IllegalArgumentException if there is no such input
  void sense(String channel, double value);

  /// What stands at a channel: what the chip drives, or what the world brings to it.
  ///
  /// @throws IllegalArgumentException if there is no such channel
  double level(String channel);

  /// Its registers are as after power on; what the world brings to it stays. A chip that keeps
  /// nothing of what it was told does nothing.
  default void powerOn() {}
}
