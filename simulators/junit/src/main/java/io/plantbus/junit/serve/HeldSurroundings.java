package io.plantbus.junit.serve;

import io.plantbus.hal.NanoClock;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import java.util.SplittableRandom;

/// Surroundings whose time stands: hardware holds nobody up.
///
/// @param base gives chance, and takes notes
/// @param time the clock of the base
public record HeldSurroundings(Surroundings base, HeldTime time) implements Surroundings {
  /// Surroundings that live by a time.
  ///
  /// @param seed of all random numbers
  public static HeldSurroundings of(HeldTime time, long seed, Transcript transcript) {
    return new HeldSurroundings(Surroundings.realTime(time, seed, transcript), time);
  }

  @Override
  public NanoClock clock() {
    return time;
  }

  @Override
  public SplittableRandom random(String component) {
    return base.random(component);
  }

  @Override
  public Transcript transcript() {
    return base.transcript();
  }

  @Override
  public void occupy(long nanos) {}
}
