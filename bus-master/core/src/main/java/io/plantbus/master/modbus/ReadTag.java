package io.plantbus.master.modbus;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagReading;
import io.plantbus.devices.profile.Point;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;

/// One tag within the answer to one request.
///
/// @param tag what it is
/// @param index its place in the process image
/// @param point where it lies in the device
/// @param offset its first element in the answer
record ReadTag(TagSpec tag, int index, Point.Modbus point, int offset) {
  static ReadTag of(TagSpec tag, AddressRange range, LiveImage image) {
    if (!(tag.resource().point() instanceof Point.Modbus point)) {
      throw new IllegalArgumentException(tag.name() + " does not lie in a Modbus table");
    }
    return new ReadTag(tag, image.index(tag.name()), point, point.range().start() - range.start());
  }

  /// Brings the tag's value from the answer into the image.
  void decode(RegisterBlock block, LiveImage image, long nanos, long epochMicros) {
    put(TagCodec.decode(point.encoding(), block, offset), image, nanos, epochMicros);
  }

  /// Brings the tag's state from the answer into the image.
  void decode(BitBlock block, LiveImage image, long nanos, long epochMicros) {
    put(TagCodec.decode(block, offset), image, nanos, epochMicros);
  }

  private void put(TagReading raw, LiveImage image, long nanos, long epochMicros) {
    TagReading reading = raw.limited(tag.resource().minimum(), tag.resource().maximum());
    if (reading.value() == null) {
      image.degraded(index, reading.quality(), reason(reading));
    } else {
      image.arrived(index, reading.value(), reading.quality(), nanos, epochMicros, "");
    }
  }

  private String reason(TagReading reading) {
    return switch (reading.quality()) {
      case BAD_OUT_OF_RANGE -> "the device gives a value beyond the limits of its profile";
      case BAD_SENSOR_FAILURE -> "the device says that it has no value";
      default -> "the device gives bits that are no " + point.encoding().type();
    };
  }
}
