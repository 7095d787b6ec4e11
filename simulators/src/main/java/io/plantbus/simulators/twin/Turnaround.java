package io.plantbus.simulators.twin;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/// How long a device took to answer: five points of the distribution, between which it is taken to
/// be even.
///
/// @param leastNanos the shortest
/// @param lowNanos a quarter took no longer
/// @param medianNanos half of them took no longer
/// @param highNanos three quarters took no longer
/// @param mostNanos 19 of 20 took no longer; rarer ones are left out
public record Turnaround(
    long leastNanos, long lowNanos, long medianNanos, long highNanos, long mostNanos) {
  /// At once.
  public static final Turnaround NONE = new Turnaround(0, 0, 0, 0, 0);

  public Turnaround {
    if (leastNanos < 0
        || lowNanos < leastNanos
        || medianNanos < lowNanos
        || highNanos < medianNanos
        || mostNanos < highNanos) {
      throw new IllegalArgumentException("the points of a distribution must rise from 0");
    }
  }

  /// That of measured times.
  ///
  /// @param nanos each 0 or more; at least one
  static Turnaround of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Turnaround(
        sorted[0],
        sorted[last / 4],
        sorted[last / 2],
        sorted[last * 3 / 4],
        sorted[(int) (last * 0.95)]);
  }

  /// The same for every answer.
  public static Turnaround always(long nanos) {
    return new Turnaround(nanos, nanos, nanos, nanos, nanos);
  }

  /// Draws from it, for any thread.
  public LongSupplier draws(SplittableRandom random) {
    return () -> {
      synchronized (random) {
        return draw(random);
      }
    };
  }

  /// One of them.
  long draw(SplittableRandom random) {
    long[] points = {leastNanos, lowNanos, medianNanos, highNanos, mostNanos};
    double at = random.nextDouble() * 4;
    int below = (int) at;
    return points[below] + (long) ((at - below) * (points[below + 1] - points[below]));
  }
}
