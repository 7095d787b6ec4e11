package io.plantbus.master.plant;

import java.util.Locale;

/// An alarm of a tag.
///
/// @param kind what raises it
/// @param limit at which it comes, in the tag's unit; 0 for [Kind#BAD_QUALITY]
/// @param deadBand how far behind the limit the value must be for it to go, 0 or more
/// @param onDelayNanos how long the condition must last for the alarm to come, 0 to 1 h
/// @param offDelayNanos how long the condition must be gone for the alarm to go, 0 to 1 h
public record AlarmSpec(
    Kind kind, double limit, double deadBand, long onDelayNanos, long offDelayNanos) {
  private static final long LONGEST_DELAY_NANOS = 3_600_000_000_000L;

  /// What raises an alarm.
  public enum Kind {
    /// The value is at its limit or below, far too low.
    LOW_LOW,
    /// The value is at its limit or below.
    LOW,
    /// The value is at its limit or above.
    HIGH,
    /// The value is at its limit or above, far too high.
    HIGH_HIGH,
    /// There is no good value.
    BAD_QUALITY;

    /// As it is written, such as `high-high`.
    public String keyword() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public AlarmSpec {
    if (!Double.isFinite(limit) || !(deadBand >= 0 && deadBand < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a limit must be finite, a dead band 0 or more");
    }
    if (onDelayNanos < 0
        || onDelayNanos > LONGEST_DELAY_NANOS
        || offDelayNanos < 0
        || offDelayNanos > LONGEST_DELAY_NANOS) {
      throw new IllegalArgumentException("a delay must be 0..1h");
    }
  }

  /// An alarm of bad quality.
  public static AlarmSpec badQuality(long onDelayNanos, long offDelayNanos) {
    return new AlarmSpec(Kind.BAD_QUALITY, 0, 0, onDelayNanos, offDelayNanos);
  }
}
