package io.plantbus.simulators;

import io.plantbus.hal.NanoClock;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// What simulated hardware takes from outside: time, chance and somewhere to write down what it
/// does. A [BusSimulation] gives virtual time, [#realTime] the machine's. Safe for use by any
/// thread in real time.
public interface Surroundings {
  /// The clock that simulated hardware goes by.
  NanoClock clock();

  /// The random numbers of one component: they depend on the seed and on the name alone, so that
  /// another component changes nothing for this one.
  ///
  /// @param component unique within the simulation; the same name gives the same numbers again
  SplittableRandom random(String component);

  /// Where what happens is written down.
  Transcript transcript();

  /// The caller's thread is held by hardware for that long, as by a transfer on a bus. In real time
  /// this waits; in virtual time the agent that is being stepped gets its next step no earlier.
  ///
  /// @param nanos 0 or more
  void occupy(long nanos);

  /// The surroundings of simulated hardware that runs beside real hardware.
  ///
  /// @param clock a clock at the pace of real time
  /// @param seed of all random numbers
  static Surroundings realTime(NanoClock clock, long seed, Transcript transcript) {
    return new Surroundings() {
      @Override
      public NanoClock clock() {
        return clock;
      }

      @Override
      public SplittableRandom random(String component) {
        return Seed.random(seed, component);
      }

      @Override
      public Transcript transcript() {
        return transcript;
      }

      @Override
      public void occupy(long nanos) {
        long end = clock.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(this, left);
          left = end - clock.nanoTime();
        }
      }
    };
  }
}
