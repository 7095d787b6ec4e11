package io.plantbus.simulators.fault;

import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Which faults hit whom and when. Whether one strikes depends on the seed, on the fault and on how
/// many answers its target gave, never on other targets. Safe for use by any thread.
public final class FaultPlan {
  private static final int MOST_FAULTS = 1_000;

  private final Surroundings surroundings;
  private final long startNanos;
  private final List<Planned> planned = new ArrayList<>();

  /// A plan without faults that starts now.
  public FaultPlan(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.startNanos = surroundings.clock().nanoTime();
  }

  /// Plans a fault.
  ///
  /// @throws IllegalStateException if there are 1,000 faults already
  public synchronized void add(Fault fault) {
    if (planned.size() >= MOST_FAULTS) {
      throw new IllegalStateException("a plan holds at most " + MOST_FAULTS + " faults");
    }
    int same = 0;
    for (Planned other : planned) {
      same +=
          other.fault.target().equals(fault.target()) && other.fault.kind() == fault.kind() ? 1 : 0;
    }
    String component = "fault/" + fault.target() + "/" + fault.kind() + "/" + same;
    planned.add(new Planned(fault, surroundings.random(component)));
  }

  /// Takes every fault of a target out of the plan.
  public synchronized void clear(String target) {
    planned.removeIf(other -> other.fault.target().equals(target));
  }

  /// Unplugs a unit, an I2C target or a line, until [#replug].
  public synchronized void unplug(String target) {
    replug(target);
    add(Fault.always(target, FaultKind.MUTE));
    note(target, "unplugged");
  }

  /// Plugs in again what [#unplug] unplugged; faults with a window or a rate stay.
  public synchronized void replug(String target) {
    if (planned.removeIf(other -> other.fault.equals(Fault.always(target, FaultKind.MUTE)))) {
      note(target, "plugged in");
    }
  }

  /// Whether a fault of that kind strikes now; each call draws anew.
  ///
  /// @param targets names of what is involved: the unit or target, and its line
  /// @return the fault, or null
  public synchronized @Nullable Fault strike(FaultKind kind, long nowNanos, String... targets) {
    long since = nowNanos - startNanos;
    Fault struck = null;
    for (Planned candidate : planned) {
      Fault fault = candidate.fault;
      if (fault.kind() == kind
          && since >= fault.fromNanos()
          && since < fault.untilNanos()
          && isAmong(fault.target(), targets)
          && candidate.strikes()
          && struck == null) {
        struck = fault;
      }
    }
    if (struck != null) {
      Transcript transcript = surroundings.transcript();
      if (!transcript.isSilent()) {
        transcript.note(nowNanos, "fault", struck.target(), describe(kind));
      }
    }
    return struck;
  }

  /// The plan's faults, in the order in which they were added.
  public synchronized List<Fault> faults() {
    return planned.stream().map(candidate -> candidate.fault).toList();
  }

  private static boolean isAmong(String target, String[] targets) {
    for (String name : targets) {
      if (name.equals(target)) {
        return true;
      }
    }
    return false;
  }

  private static String describe(FaultKind kind) {
    return switch (kind) {
      case DROP -> "answer dropped";
      case FLIP -> "bit flipped";
      case MUTE -> "mute";
      case LATE -> "answer late";
      case CUT -> "answer cut";
      case TWICE -> "answer twice";
      case GARBAGE -> "garbage";
      case STUCK -> "stuck";
      case ARBITRATION -> "arbitration lost";
    };
  }

  private void note(String target, String what) {
    surroundings.transcript().note(surroundings.clock().nanoTime(), "fault", target, what);
  }

  private record Planned(Fault fault, SplittableRandom random) {
    boolean strikes() {
      return fault.rate() >= 1 || random.nextDouble() < fault.rate();
    }
  }
}
