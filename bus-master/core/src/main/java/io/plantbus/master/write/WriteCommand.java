package io.plantbus.master.write;

import io.plantbus.devices.TagValue;

/// Something to write.
///
/// @param tag name of the tag
/// @param value in engineering units
/// @param origin who asks, such as `loop level` or `scada 127.0.0.1:50122`
/// @param timeToLiveNanos how long it may wait before it is sent; 1 ms or more
public record WriteCommand(String tag, TagValue value, String origin, long timeToLiveNanos) {
  public WriteCommand {
    if (timeToLiveNanos < 1_000_000) {
      throw new IllegalArgumentException("time to live must be at least 1ms");
    }
  }
}
