package io.plantbus.simulators.twin;

import io.plantbus.devices.slave.BankLayout.RawTable;
import java.util.List;

/// What was learned of one slave.
///
/// @param lengthNanos how long it was heard, at least 1
/// @param turnaround how long it took to answer
/// @param tables what was ever read or written, and what it held at first
/// @param steps what changed, in the order of time
public record TwinRecording(
    long lengthNanos, Turnaround turnaround, List<RawTable> tables, List<TwinStep> steps) {
  public TwinRecording {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    if (lengthNanos < 1) {
      throw new IllegalArgumentException("a recording has a length");
    }
    long last = 0;
    for (TwinStep step : steps) {
      if (step.atNanos() < last) {
        throw new IllegalArgumentException("steps must stand in the order of their time");
      }
      last = step.atNanos();
    }
  }
}
