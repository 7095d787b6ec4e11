package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When whom a case disturbs, as its faults say.
public final class Disturbances {
  private static final Set<FaultKind> LATE = EnumSet.of(FaultKind.LATE, FaultKind.TWICE);
  private static final Set<FaultKind> OUT_OF_TURN =
      EnumSet.of(FaultKind.LATE, FaultKind.TWICE, FaultKind.GARBAGE);

  private final List<Fault> faults;
  private final Map<String, String> lines = new HashMap<>();

  /// @param faults times count from the start of the case
  public Disturbances(List<Fault> faults, List<Unit> units) {
    this.faults = List.copyOf(faults);
    units.forEach(unit -> lines.put(unit.name(), unit.line()));
  }

  /// Whether answers of a device may have been late within a span.
  public boolean wasLate(Unit unit, long fromNanos, long untilNanos) {
    for (Fault fault : faults) {
      if (LATE.contains(fault.kind())
          && concerns(fault, unit)
          && overlaps(fault, fromNanos - fault.delayNanos(), untilNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a device or its line was disturbed within a span.
  public boolean touched(Unit unit, long fromNanos, long untilNanos) {
    for (Fault fault : faults) {
      if (concerns(fault, unit) && overlaps(fault, fromNanos, untilNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Whether any device of a line may have talked out of turn within a span, into the answers of the
  /// others.
  public boolean talkedOutOfTurn(String line, long fromNanos, long untilNanos) {
    for (Fault fault : faults) {
      if (OUT_OF_TURN.contains(fault.kind())
          && line.equals(lines.getOrDefault(fault.target(), fault.target()))
          && overlaps(fault, fromNanos - fault.delayNanos(), untilNanos)) {
        return true;
      }
    }
    return false;
  }

  private static boolean concerns(Fault fault, Unit unit) {
    return fault.target().equals(unit.name()) || fault.target().equals(unit.line());
  }

  private static boolean overlaps(Fault fault, long fromNanos, long untilNanos) {
    return fault.fromNanos() < untilNanos && fault.untilNanos() > fromNanos;
  }
}
