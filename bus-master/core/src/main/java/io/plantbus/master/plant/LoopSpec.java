package io.plantbus.master.plant;

import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.TagSpec.Priority;

/// A control loop that the master runs.
public sealed interface LoopSpec {
  /// Unique in its plant.
  String name();

  /// Two-point control: below `low` the output takes `atLow`, above `high` it takes `atHigh`, in
  /// between it stays. While the measured value is not good the output takes `whenBad`.
  ///
  /// @param name unique in its plant
  /// @param measured name of the tag that is measured
  /// @param output name of the tag that is written
  /// @param low lower switching point in engineering units
  /// @param high upper switching point, above `low`
  /// @param atLow written below `low`
  /// @param atHigh written above `high`
  /// @param whenBad written while there is no good measurement
  /// @param periodNanos how often the loop is worked out
  /// @param priority the class of its writes
  record Hysteresis(
      String name,
      String measured,
      String output,
      double low,
      double high,
      TagValue atLow,
      TagValue atHigh,
      TagValue whenBad,
      long periodNanos,
      Priority priority)
      implements LoopSpec {
    /// A loop whose writes are of class CONTROL.
    public Hysteresis(
        String name,
        String measured,
        String output,
        double low,
        double high,
        TagValue atLow,
        TagValue atHigh,
        TagValue whenBad,
        long periodNanos) {
      this(
          name, measured, output, low, high, atLow, atHigh, whenBad, periodNanos, Priority.CONTROL);
    }

    public Hysteresis {
      if (!(low < high)) {
        throw new IllegalArgumentException("low must be below high, was " + low + " and " + high);
      }
      if (periodNanos < 1_000_000) {
        throw new IllegalArgumentException("a period must be at least 1ms");
      }
    }
  }
}
