package io.plantbus.app.soak;

import java.util.SplittableRandom;

/// The random numbers of a case by name: what one thing draws changes nothing for another.
@FunctionalInterface
public interface Chance {
  /// Random numbers of their own.
  ///
  /// @param name the same name gives the same numbers again
  SplittableRandom of(String name);
}
