package io.plantbus.protocols.modbus.trace;

import java.util.Locale;

/// How closely a line is looked at.
public enum TraceLevel {
  /// Requests with what became of them.
  APPLICATION,
  /// Each frame with its fields and its bytes.
  FRAME,
  /// The bytes as they came, with their times.
  BYTE;

  /// As it is written, such as `frame`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The level of that word.
  ///
  /// @throws IllegalArgumentException with the words that there are
  public static TraceLevel of(String word) {
    for (TraceLevel level : values()) {
      if (level.word().equals(word.toLowerCase(Locale.ROOT))) {
        return level;
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "' is no level: write application, frame or byte");
  }
}
