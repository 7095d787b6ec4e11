package io.plantbus.devices.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import java.util.HashMap;
import java.util.Map;

/// What a driver's channels measured last, by channel name.
final class ChannelReadings {
  private static final I2cStep.Channel WAITING =
      new I2cStep.Channel(null, Quality.BAD_WAITING_FOR_INITIAL_DATA);

  private final Map<String, TagReading> readings = new HashMap<>();

  void put(String channel, TagReading reading) {
    readings.put(channel, reading);
  }

  /// No channel has a value now.
  void clear() {
    readings.clear();
  }

  /// The reading of a resource's channel, numbers scaled as its point says.
  I2cStep.Channel of(DeviceResource resource) {
    if (!(resource.point() instanceof Point.I2cChannel point)) {
      return new I2cStep.Channel(null, Quality.BAD_CONFIGURATION_ERROR);
    }
    TagReading reading = readings.get(point.channel());
    if (reading == null) {
      return WAITING;
    }
    TagValue value = reading.value();
    if (value instanceof TagValue.Real(double measured)) {
      value = TagValue.of(measured * point.scale() + point.offset());
    }
    return new I2cStep.Channel(value, reading.quality());
  }
}
