package io.plantbus.junit;

import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What goes wrong on a bench: what its file plans, and what a test adds. Slaves and lines are
/// named as in the file. Safe for use by any thread.
public final class BenchFaults {
  private final FaultPlan plan;
  private final Set<String> targets;
  private final Set<String> paced;
  private final BenchClock clock;

  /// @param targets names of slaves and lines
  /// @param paced those of them on a line whose bytes take their time
  BenchFaults(FaultPlan plan, Set<String> targets, Set<String> paced, BenchClock clock) {
    this.plan = plan;
    this.targets = targets;
    this.paced = paced;
    this.clock = clock;
  }

  /// Unplugs a slave or a line: it neither hears nor speaks.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public void unplug(String target) {
    plan.unplug(known(target));
  }

  /// Plugs in again what was unplugged.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public void plugIn(String target) {
    plan.replug(known(target));
  }

  /// Adds a fault, whose times count from the start of the bench.
  ///
  /// @throws IllegalArgumentException if there is no such target, or it cannot have such a fault
  public void add(Fault fault) {
    String target = known(fault.target());
    if (fault.kind() == FaultKind.REFUSE) {
      throw new IllegalArgumentException(
          "a real port cannot refuse connections for a time: have it RESET or BLACK_HOLE them");
    }
    if (fault.kind().isOfPair() && !paced.contains(target)) {
      throw new IllegalArgumentException(
          "%s befalls serial lines with wire: paced, in BenchTime.REAL; %s is none"
              .formatted(fault.kind(), target));
    }
    plan.add(fault);
  }

  /// Adds a fault from now on for some time of the bench.
  ///
  /// @param lasting above 0
  /// @throws IllegalArgumentException if there is no such target, or it cannot have such a fault
  public void add(Fault fault, Duration lasting) {
    // Begun in the past, so that it strikes at once though the plan may have started a little
    // later.
    add(fault.during(0, clock.now().plus(lasting).toNanos()));
  }

  /// Takes every fault of a target away, those of the file too.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public void clear(String target) {
    plan.clear(known(target));
  }

  /// Takes every fault away, those of the file too.
  public void clear() {
    targets.forEach(plan::clear);
  }

  /// The faults planned now, past ones included.
  public List<Fault> list() {
    return plan.faults();
  }

  private String known(String target) {
    return Names.require(target, targets, "slave or line");
  }
}
