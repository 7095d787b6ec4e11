package io.plantbus.app.soak;

import io.plantbus.app.soak.invariant.Invariant;
import io.plantbus.simulators.fault.FaultKind;
import java.util.EnumMap;
import java.util.Map;

/// What was counted in one case or in many.
///
/// @param cases how many
/// @param busNanos virtual time of their pairs, all together
/// @param transactions of all lines
/// @param writes asked for
/// @param faults how often each kind struck
/// @param checks how often each invariant was checked
/// @param sameRequest late answers that no master can tell from answers to the same request
/// @param beyondChecksum garbled frames with a right checksum
public record SoakCount(
    long cases,
    long busNanos,
    long transactions,
    long writes,
    Map<FaultKind, Long> faults,
    Map<Invariant, Long> checks,
    long sameRequest,
    long beyondChecksum) {
  /// Nothing yet.
  public static final SoakCount NONE = new SoakCount(0, 0, 0, 0, Map.of(), Map.of(), 0, 0);

  /// Both together.
  public SoakCount plus(SoakCount other) {
    Map<FaultKind, Long> allFaults = new EnumMap<>(FaultKind.class);
    allFaults.putAll(faults);
    other.faults.forEach((kind, count) -> allFaults.merge(kind, count, Long::sum));
    Map<Invariant, Long> allChecks = new EnumMap<>(Invariant.class);
    allChecks.putAll(checks);
    other.checks.forEach((invariant, count) -> allChecks.merge(invariant, count, Long::sum));
    return new SoakCount(
        cases + other.cases,
        busNanos + other.busNanos,
        transactions + other.transactions,
        writes + other.writes,
        allFaults,
        allChecks,
        sameRequest + other.sameRequest,
        beyondChecksum + other.beyondChecksum);
  }

  /// Violated or not, every invariant.
  public long checked() {
    return checks.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Virtual hours of the pair.
  public double busHours() {
    return busNanos / 3.6e12;
  }
}
