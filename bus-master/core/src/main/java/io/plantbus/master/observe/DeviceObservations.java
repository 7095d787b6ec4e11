package io.plantbus.master.observe;

import io.plantbus.protocols.modbus.DataTable;
import java.util.List;
import java.util.Map;

/// What is known about one device from its answers.
///
/// @param turnaroundNanos what it usually takes from the end of a request to the start of its
///   answer; 0 before the first answer
/// @param longestTurnaroundNanos the longest that it took lately; 0 before the first answer
/// @param refused spans that it refuses, none within another of the same table
/// @param limits the most elements of a table that it gives at once, where that is less than its
///   profile says
public record DeviceObservations(
    long turnaroundNanos,
    long longestTurnaroundNanos,
    List<RefusedSpan> refused,
    Map<DataTable, Integer> limits) {
  /// Of a device that never answered.
  public static final DeviceObservations NONE = new DeviceObservations(0, 0, List.of(), Map.of());

  public DeviceObservations {
    if (turnaroundNanos < 0 || longestTurnaroundNanos < 0) {
      throw new IllegalArgumentException("a turnaround cannot be negative");
    }
    refused = List.copyOf(refused);
    limits = Map.copyOf(limits);
  }

  /// The same of a device that gives as many elements at once as its profile says.
  public DeviceObservations withoutLimits() {
    return new DeviceObservations(turnaroundNanos, longestTurnaroundNanos, refused, Map.of());
  }
}
