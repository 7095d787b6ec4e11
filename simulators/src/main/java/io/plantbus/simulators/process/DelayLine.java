package io.plantbus.simulators.process;

import java.util.Arrays;

/// A transport delay: what goes in comes out a fixed number of steps later. Bounded, and exact: the
/// sum of what is in it and what came out is what went in.
public final class DelayLine {
  /// The longest delay in steps.
  public static final int MOST_STEPS = 100_000;

  private final double[] ring;
  private int next;

  /// @param steps 0 to [#MOST_STEPS]; 0 lets everything through at once
  public DelayLine(int steps) {
    if (steps < 0 || steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "a dead time must be at most " + MOST_STEPS + " steps, was " + steps);
    }
    this.ring = new double[steps];
  }

  /// A delay in seconds, rounded to whole steps.
  public static DelayLine of(double delaySeconds, double stepSeconds) {
    return new DelayLine((int) Math.min(MOST_STEPS + 1.0, Math.rint(delaySeconds / stepSeconds)));
  }

  /// Puts something in and takes out what went in so many steps ago.
  public double pass(double in) {
    if (ring.length == 0) {
      return in;
    }
    double out = ring[next];
    ring[next] = in;
    next = next + 1 == ring.length ? 0 : next + 1;
    return out;
  }

  /// The sum of what is in it.
  public double content() {
    return Arrays.stream(ring).sum();
  }
}
