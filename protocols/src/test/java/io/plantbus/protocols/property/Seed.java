package io.plantbus.protocols.property;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Runs a property many times, each from a seed of its own that a failure names.
final class Seed {
  private static final long FIRST = Long.getLong("plantbus.seed", 20_261_121);

  private Seed() {}

  /// @param times how often, beginning with the seed of the system property `plantbus.seed`
  static void times(int times, Consumer<SplittableRandom> property) {
    for (long seed = FIRST; seed < FIRST + times; seed++) {
      try {
        property.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("fails with -Dplantbus.seed=" + seed, failure);
      }
    }
  }
}
