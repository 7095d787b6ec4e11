package io.plantbus.devices;

import org.jspecify.annotations.Nullable;

/// What registers hold: a value, or why there is none.
///
/// @param value null exactly if `quality` is bad
/// @param quality how far it can be trusted
public record TagReading(@Nullable TagValue value, Quality quality) {
  /// The device says that it has no value: a sentinel, NaN or an infinity.
  public static final TagReading NOT_AVAILABLE = bad(Quality.BAD_SENSOR_FAILURE);

  /// The registers hold nonsense, such as a BCD nibble above 9.
  public static final TagReading MALFORMED = bad(Quality.BAD_DEVICE_FAILURE);

  /// The value is beyond what is allowed.
  public static final TagReading OUT_OF_RANGE = bad(Quality.BAD_OUT_OF_RANGE);

  public TagReading {
    if ((value == null) != quality.isBad()) {
      throw new IllegalArgumentException(
          "a bad reading has no value, any other one has: " + quality);
    }
  }

  /// A fresh and valid value.
  public static TagReading good(TagValue value) {
    return new TagReading(value, Quality.GOOD);
  }

  /// No usable value.
  ///
  /// @param quality a bad one
  public static TagReading bad(Quality quality) {
    return new TagReading(null, quality);
  }

  /// This reading, or [#OUT_OF_RANGE] if its value is a number beyond the limits.
  ///
  /// @param minimum least value allowed, or null for no limit
  /// @param maximum greatest value allowed, or null for no limit
  public TagReading limited(@Nullable Double minimum, @Nullable Double maximum) {
    if (value == null || (minimum == null && maximum == null)) {
      return this;
    }
    double number = value.asDouble();
    boolean beyond = (minimum != null && number < minimum) || (maximum != null && number > maximum);
    return beyond ? OUT_OF_RANGE : this;
  }
}
