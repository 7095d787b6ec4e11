package io.plantbus.master.image;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// A value with its quality and time; without them it is not a value.
///
/// @param value the last usable value, kept for information when quality is not good; null before
///   the first
/// @param quality how far it can be trusted
/// @param sourceNanos monotonic time at which the value arrived from the device; 0 before the first
/// @param sourceEpochMicros wall-clock time of the same moment, microseconds since 1970; 0 before
///   the first
/// @param reason why the quality is not good, for a person; empty when good
public record TagSample(
    @Nullable TagValue value,
    Quality quality,
    long sourceNanos,
    long sourceEpochMicros,
    String reason) {
  /// The sample of a tag that was never read.
  public static final TagSample INITIAL =
      new TagSample(null, Quality.BAD_WAITING_FOR_INITIAL_DATA, 0, 0, "not read yet");

  /// Age in nanoseconds, or -1 before the first value.
  public long ageNanos(long nowNanos) {
    return value == null ? -1 : Math.max(0, nowNanos - sourceNanos);
  }
}
