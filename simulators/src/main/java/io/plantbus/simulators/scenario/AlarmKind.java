package io.plantbus.simulators.scenario;

import java.util.Locale;

/// Which alarm of a tag.
public enum AlarmKind {
  /// The value is far too low.
  LOW_LOW,
  /// The value is low.
  LOW,
  /// The value is high.
  HIGH,
  /// The value is far too high.
  HIGH_HIGH,
  /// There is no good value.
  BAD_QUALITY;

  /// As it is written, such as `out-of-service`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
