package io.plantbus.master.write;

import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.TagSpec.Priority;

/// Something to write.
///
/// @param tag name of the tag
/// @param value in engineering units
/// @param origin who asks, such as `loop level` or `scada 127.0.0.1:50122`
/// @param timeToLiveNanos how long it may wait before it is sent; 1 ms or more
/// @param priority its class: which writes go first when several wait
/// @param coalesce whether it takes the place of an older one to the same tag that still waits; a
///   tag with [io.plantbus.master.plant.TagSpec#latestWins()] asks for that with every write
public record WriteCommand(
    String tag,
    TagValue value,
    String origin,
    long timeToLiveNanos,
    Priority priority,
    boolean coalesce) {
  /// A write of class NORMAL that takes no other one's place.
  public WriteCommand(String tag, TagValue value, String origin, long timeToLiveNanos) {
    this(tag, value, origin, timeToLiveNanos, Priority.NORMAL, false);
  }

  public WriteCommand {
    if (timeToLiveNanos < 1_000_000) {
      throw new IllegalArgumentException("time to live must be at least 1ms");
    }
  }
}
