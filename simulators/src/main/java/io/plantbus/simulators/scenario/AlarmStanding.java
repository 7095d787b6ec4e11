package io.plantbus.simulators.scenario;

import java.util.Locale;

/// How an alarm stands (ISA-18.2).
public enum AlarmStanding {
  /// Nothing is wrong and nothing is left to acknowledge.
  NORMAL,
  /// The condition is there and nobody has acknowledged it.
  ACTIVE,
  /// The condition is there and somebody has acknowledged it.
  ACKNOWLEDGED,
  /// The condition is gone and nobody has acknowledged it.
  RETURNED;

  /// As it is written, such as `out-of-service`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
