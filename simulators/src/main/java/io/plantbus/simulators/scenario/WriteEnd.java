package io.plantbus.simulators.scenario;

import java.util.Locale;

/// What may become of a write.
public enum WriteEnd {
  /// The device said that it did it.
  ACKNOWLEDGED,
  /// The value read back is the one written.
  CONFIRMED,
  /// The value read back is another one.
  DIVERGED,
  /// The device refused it.
  REFUSED,
  /// It was sent and no valid answer came.
  UNKNOWN,
  /// It could not be sent in time.
  EXPIRED,
  /// It was not accepted.
  REJECTED,
  /// A later write to the same tag took its place.
  SUPERSEDED;

  /// As it is written, such as `out-of-service`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
