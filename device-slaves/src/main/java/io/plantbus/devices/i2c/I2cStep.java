package io.plantbus.devices.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// How far a driver has come with one poll or write. The caller never waits inside a driver.
public sealed interface I2cStep {
  /// Finished: the driver's channels can be asked for their values.
  record Done() implements I2cStep {}

  /// The device is measuring: call again, not before then.
  ///
  /// @param untilNanos monotonic time
  record Waiting(long untilNanos) implements I2cStep {}

  /// The poll or write failed.
  ///
  /// @param quality what the values are now: no communication, or failure of the device or sensor
  /// @param reason for a person, such as `no acknowledge from 0x44`
  record Failed(Quality quality, String reason) implements I2cStep {}

  /// One channel as last measured.
  ///
  /// @param value null unless there is a usable value
  /// @param quality how far it can be trusted
  record Channel(@Nullable TagValue value, Quality quality) {}
}
