package io.plantbus.app.soak.invariant;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts what was checked and keeps the first violation. Used by the thread of its simulation.
public final class Checks {
  private static final Invariant[] ALL = Invariant.values();

  private final Map<Invariant, long[]> counts = new EnumMap<>(Invariant.class);
  private @Nullable Violation first;

  /// Nothing checked yet.
  public Checks() {
    for (Invariant invariant : ALL) {
      counts.put(invariant, new long[1]);
    }
  }

  /// Checks once.
  ///
  /// @param what who and how, asked for only if it does not hold
  public void that(boolean holds, Invariant invariant, long nanos, Supplier<String> what) {
    long[] count = counts.get(invariant);
    if (count != null) {
      count[0]++;
    }
    if (!holds && first == null) {
      first = new Violation(nanos, invariant, what.get());
    }
  }

  /// The first violation, or null.
  public @Nullable Violation first() {
    return first;
  }

  /// How often each was checked, in the order of the invariants.
  public Map<Invariant, Long> counts() {
    Map<Invariant, Long> copy = new EnumMap<>(Invariant.class);
    counts.forEach((invariant, count) -> copy.put(invariant, count[0]));
    return copy;
  }
}
