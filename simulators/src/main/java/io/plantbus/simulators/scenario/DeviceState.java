package io.plantbus.simulators.scenario;

import java.util.Locale;

/// What a master thinks of a device.
public enum DeviceState {
  /// Not asked yet.
  UNKNOWN,
  /// It answers.
  UP,
  /// It missed an answer.
  SUSPECT,
  /// It is silent or talks nonsense.
  DOWN,
  /// The configuration keeps it out.
  OUT_OF_SERVICE;

  /// As it is written, such as `out-of-service`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
