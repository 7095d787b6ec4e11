package io.plantbus.hal;

/// Where time is read: only the edge of the program holds a clock, everything inside takes time as
/// an argument.
///
/// Safe for use by any thread.
public interface NanoClock {
  /// Monotonic time in nanoseconds from an arbitrary origin; never goes back.
  long nanoTime();

  /// Wall-clock time in microseconds since 1970-01-01T00:00:00Z, for display and records only; may
  /// jump.
  long epochMicros();

  /// The clock of this machine.
  static NanoClock system() {
    return SystemNanoClock.INSTANCE;
  }
}
