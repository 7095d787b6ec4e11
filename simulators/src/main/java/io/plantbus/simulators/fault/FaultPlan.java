package io.plantbus.simulators.fault;

import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Which faults hit whom and when. Whether one strikes depends on the seed, on the fault and on how
/// many answers its target gave, never on other targets. Safe for use by any thread.
public final class FaultPlan {
  private static final int MOST_FAULTS = 1_000;
  private static final Planned[] NONE = {};

  private final Surroundings surroundings;
  private final long startNanos;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<FaultKind, AtomicLong> struck = new EnumMap<>(FaultKind.class);
  private final List<Planned> planned = new ArrayList<>();
  private long added;

  /// By kind, then by target; replaced as a whole, so that whoever asks takes no lock.
  private volatile Map<FaultKind, Map<String, Planned[]>> index = Map.of();

  /// A plan without faults that starts now.
  public FaultPlan(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.startNanos = surroundings.clock().nanoTime();
    for (FaultKind kind : FaultKind.values()) {
      struck.put(kind, new AtomicLong());
    }
  }

  /// When the plan began: what times of its faults count from.
  public long startNanos() {
    return startNanos;
  }

  /// Plans a fault.
  ///
  /// @throws IllegalStateException if there are 1,000 faults already
  public void add(Fault fault) {
    synchronized (this) {
      if (planned.size() >= MOST_FAULTS) {
        throw new IllegalStateException("a plan holds at most " + MOST_FAULTS + " faults");
      }
      int same = 0;
      for (Planned other : planned) {
        boolean isSame =
            other.fault.target().equals(fault.target()) && other.fault.kind() == fault.kind();
        same += isSame ? 1 : 0;
      }
      String component = "fault/" + fault.target() + "/" + fault.kind() + "/" + same;
      planned.add(new Planned(fault, surroundings.random(component), added++));
      reindex();
    }
    tell();
  }

  /// Takes every fault of a target out of the plan.
  public void clear(String target) {
    synchronized (this) {
      planned.removeIf(other -> other.fault.target().equals(target));
      reindex();
    }
    tell();
  }

  /// Unplugs a unit, an I2C target or a line, until [#replug].
  public void unplug(String target) {
    replug(target);
    add(Fault.always(target, FaultKind.MUTE));
    note(target, "unplugged");
  }

  /// Plugs in again what [#unplug] unplugged; faults with a window or a rate stay.
  public void replug(String target) {
    boolean isRemoved;
    synchronized (this) {
      isRemoved =
          planned.removeIf(other -> other.fault.equals(Fault.always(target, FaultKind.MUTE)));
      reindex();
    }
    if (isRemoved) {
      note(target, "plugged in");
      tell();
    }
  }

  /// Whether a fault of that kind strikes now; each call draws anew.
  ///
  /// @param target name of what is involved
  /// @return the fault, or null
  public @Nullable Fault strike(FaultKind kind, long nowNanos, String target) {
    Map<String, Planned[]> candidates = index.get(kind);
    return candidates == null
        ? null
        : struck(first(candidates.getOrDefault(target, NONE), nowNanos), nowNanos);
  }

  /// Whether a fault of that kind strikes now; each call draws anew.
  ///
  /// @param target the unit or target that is involved
  /// @param line its line
  /// @return the fault that was planned first, or null
  public @Nullable Fault strike(FaultKind kind, long nowNanos, String target, String line) {
    Map<String, Planned[]> candidates = index.get(kind);
    if (candidates == null) {
      return null;
    }
    Planned one = first(candidates.getOrDefault(target, NONE), nowNanos);
    Planned other =
        target.equals(line) ? null : first(candidates.getOrDefault(line, NONE), nowNanos);
    boolean isOther = one == null || (other != null && other.order < one.order);
    return struck(isOther ? other : one, nowNanos);
  }

  private @Nullable Planned first(Planned[] candidates, long nowNanos) {
    long since = nowNanos - startNanos;
    Planned first = null;
    for (Planned candidate : candidates) {
      Fault fault = candidate.fault;
      if (since >= fault.fromNanos()
          && since < fault.untilNanos()
          && candidate.strikes()
          && first == null) {
        first = candidate;
      }
    }
    return first;
  }

  private @Nullable Fault struck(@Nullable Planned by, long nowNanos) {
    if (by == null) {
      return null;
    }
    struck(by.fault, nowNanos);
    return by.fault;
  }

  /// Notes and counts a fault that struck by a schedule of its own, without [#strike].
  public void struck(Fault fault, long nowNanos) {
    count(fault.kind());
    Transcript transcript = surroundings.transcript();
    if (!transcript.isSilent()) {
      transcript.note(nowNanos, "fault", fault.target(), describe(fault.kind()));
    }
  }

  private void count(FaultKind kind) {
    AtomicLong count = struck.get(kind);
    if (count != null) {
      count.incrementAndGet();
    }
  }

  /// How often faults of each kind struck since the plan began.
  public Map<FaultKind, Long> struck() {
    Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    struck.forEach((kind, count) -> counts.put(kind, count.get()));
    return counts;
  }

  /// A fault of that kind whose time it is, whatever its rate; takes down and draws nothing.
  ///
  /// @param target name of what is involved
  /// @return the fault that was planned first, or null
  public @Nullable Fault active(FaultKind kind, long nowNanos, String target) {
    Map<String, Planned[]> candidates = index.get(kind);
    if (candidates == null) {
      return null;
    }
    long since = nowNanos - startNanos;
    for (Planned candidate : candidates.getOrDefault(target, NONE)) {
      Fault fault = candidate.fault;
      if (since >= fault.fromNanos() && since < fault.untilNanos()) {
        return fault;
      }
    }
    return null;
  }

  /// The plan's faults, in the order in which they were added.
  public synchronized List<Fault> faults() {
    return planned.stream().map(candidate -> candidate.fault).toList();
  }

  /// Has something run after each change of the plan, on the thread that changes it.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  private void reindex() {
    Map<FaultKind, Map<String, List<Planned>>> lists = new EnumMap<>(FaultKind.class);
    for (Planned one : planned) {
      lists
          .computeIfAbsent(one.fault.kind(), _ -> new HashMap<>())
          .computeIfAbsent(one.fault.target(), _ -> new ArrayList<>())
          .add(one);
    }
    Map<FaultKind, Map<String, Planned[]>> arrays = new EnumMap<>(FaultKind.class);
    lists.forEach(
        (kind, targets) -> {
          Map<String, Planned[]> found = new HashMap<>();
          targets.forEach((target, list) -> found.put(target, list.toArray(NONE)));
          arrays.put(kind, found);
        });
    index = arrays;
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
      case NOISE -> "noise";
      case NO_BIAS -> "pair floats";
      case BABBLE -> "babbles";
      case DUPLICATE -> "second device answers";
      case SECOND_MASTER -> "other master asks";
      case WRONG_BAUD -> "other speed";
      case WRONG_PARITY -> "other parity";
      case RESET -> "reset";
      case HALF_OPEN -> "peer vanished";
      case BLACK_HOLE -> "black hole";
      case SLOW_READER -> "reads slowly";
      case REFUSE -> "connection refused";
      case SPLIT -> "answer split";
    };
  }

  private void note(String target, String what) {
    surroundings.transcript().note(surroundings.clock().nanoTime(), "fault", target, what);
  }

  private static final class Planned {
    final Fault fault;
    final long order;
    private final SplittableRandom random;

    Planned(Fault fault, SplittableRandom random, long order) {
      this.fault = fault;
      this.random = random;
      this.order = order;
    }

    boolean strikes() {
      if (fault.rate() >= 1) {
        return true;
      }
      synchronized (random) {
        return random.nextDouble() < fault.rate();
      }
    }
  }
}
