package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// When whom a case disturbs, as its faults say.
public final class Disturbances {
  private static final Set<FaultKind> LATE =
      EnumSet.of(FaultKind.LATE, FaultKind.TWICE, FaultKind.DUPLICATE, FaultKind.SECOND_MASTER);
  private static final Set<FaultKind> OUT_OF_TURN =
      EnumSet.of(
          FaultKind.LATE,
          FaultKind.TWICE,
          FaultKind.GARBAGE,
          FaultKind.DUPLICATE,
          FaultKind.BABBLE,
          FaultKind.SECOND_MASTER,
          FaultKind.WRONG_BAUD,
          FaultKind.WRONG_PARITY);

  private static final Set<FaultKind> HELD_UP = EnumSet.of(FaultKind.SLOW_READER);

  private final Fault[][] byDevice = new Fault[SoakPlant.DEVICES][];
  private final Fault[] onPair;
  private final Fault[] onNetwork;
  private final Fault[] heldUp;

  /// @param faults times count from the start of the case
  /// @param units whom they may hit
  public Disturbances(List<Fault> faults, List<Unit> units) {
    for (Unit unit : units) {
      byDevice[unit.number()] =
          select(
              faults,
              fault -> fault.target().equals(unit.name()) || fault.target().equals(unit.line()));
    }
    this.onPair = outOfTurn(faults, units, SoakPlant.PAIR);
    this.onNetwork = outOfTurn(faults, units, SoakPlant.NETWORK);
    this.heldUp = select(faults, fault -> HELD_UP.contains(fault.kind()));
  }

  private static Fault[] outOfTurn(List<Fault> faults, List<Unit> units, String line) {
    List<String> targets =
        units.stream().filter(unit -> unit.line().equals(line)).map(Unit::name).toList();
    return select(
        faults,
        fault ->
            OUT_OF_TURN.contains(fault.kind())
                && (fault.target().equals(line) || targets.contains(fault.target())));
  }

  private static Fault[] select(List<Fault> faults, Predicate<Fault> which) {
    return faults.stream().filter(which).toArray(Fault[]::new);
  }

  /// Whether answers of a device may have been late within a span.
  public boolean wasLate(Unit unit, long fromNanos, long untilNanos) {
    for (Fault fault : byDevice[unit.number()]) {
      if (LATE.contains(fault.kind())
          && overlaps(fault, fromNanos - fault.delayNanos(), untilNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a device or its line was disturbed within a span.
  public boolean touched(Unit unit, long fromNanos, long untilNanos) {
    for (Fault fault : byDevice[unit.number()]) {
      if (overlaps(fault, fromNanos, untilNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Whether any device of a line may have talked out of turn within a span, into the answers of
  /// the others.
  public boolean talkedOutOfTurn(boolean serial, long fromNanos, long untilNanos) {
    for (Fault fault : serial ? onPair : onNetwork) {
      if (overlaps(fault, fromNanos - fault.delayNanos(), untilNanos)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the network may have held back within a span what it had been given, to bring it
  /// later.
  public boolean heldUp(long fromNanos, long untilNanos) {
    for (Fault fault : heldUp) {
      if (overlaps(fault, fromNanos, untilNanos)) {
        return true;
      }
    }
    return false;
  }

  private static boolean overlaps(Fault fault, long fromNanos, long untilNanos) {
    return fault.fromNanos() < untilNanos && fault.untilNanos() > fromNanos;
  }
}
