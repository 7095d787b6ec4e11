package io.plantbus.simulators.process;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What lies between a quantity and what is shown of it: lag, sampling, drift, bias, noise,
/// resolution, the limits of a range or of a 4-20 mA loop (NAMUR NE 43), and faults.
public final class Transmitter {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Behaviour behaviour;
  private final Sensor.Scaling scaling;
  private final SplittableRandom random;
  private double lagged;
  private double walked;
  private double age;
  private double untilSample;
  private double bias;
  private double shown;
  private double failed;
  private boolean begun;
  private boolean stuck;
  private boolean broken;

  Transmitter(Behaviour behaviour, Sensor.Scaling scaling, SplittableRandom random) {
    this.behaviour = behaviour;
    this.scaling = scaling;
    this.random = random;
  }

  /// How a sensor behaves, in the unit of its resource after scale and offset.
  ///
  /// @param lagSeconds time constant of first order, 0 or more
  /// @param sampleSeconds between two new values, 0 for each step
  /// @param driftPerHour how far it goes wrong in an hour, on and on
  /// @param walkPerRootHour standard deviation after an hour of a random walk, 0 or more
  /// @param resolution between two values that can be shown, 0 for any
  /// @param loop the current that is shown instead of the value, or null
  /// @param brokenValue shown with a broken wire, except by a loop
  public record Behaviour(
      double lagSeconds,
      double sampleSeconds,
      double driftPerHour,
      double walkPerRootHour,
      double resolution,
      @Nullable Loop loop,
      double brokenValue) {
    /// Shows everything at once.
    public static final Behaviour IDEAL = new Behaviour(0, 0, 0, 0, 0, null, 0);

    public Behaviour {
      if (!(lagSeconds >= 0) || !(sampleSeconds >= 0) || !(walkPerRootHour >= 0)) {
        throw new IllegalArgumentException("lag, sample and walk of a sensor must be 0 or more");
      }
      if (!(resolution >= 0) || !Double.isFinite(brokenValue)) {
        throw new IllegalArgumentException("a resolution must be 0 or more");
      }
    }
  }

  /// A 4-20 mA loop: the value is shown as its current in mA. A measurement lies within 3.8 and
  /// 20.5 mA; 3.6 and less or 21 and more is a fault (NE 43).
  ///
  /// @param low value at 4 mA
  /// @param high value at 20 mA
  public record Loop(double low, double high) {
    static final double LEAST_MILLIAMPERES = 3.8;
    static final double MOST_MILLIAMPERES = 20.5;
    static final double LOW_FAULT_MILLIAMPERES = 3.5;
    static final double HIGH_FAULT_MILLIAMPERES = 21.5;

    public Loop {
      if (!Double.isFinite(high - low) || !(high != low)) {
        throw new IllegalArgumentException("the ends of a 4-20 mA range must differ");
      }
    }

    double milliamperes(double value) {
      double current = 4 + 16 * (value - low) / (high - low);
      return Math.clamp(current, LEAST_MILLIAMPERES, MOST_MILLIAMPERES);
    }
  }

  /// Lets time go by.
  ///
  /// @param seconds 0 at first
  /// @return whether there is something to show
  boolean step(double value, double seconds) {
    age += seconds;
    lagged =
        begun && behaviour.lagSeconds > 0
            ? value + (lagged - value) * Math.exp(-seconds / behaviour.lagSeconds)
            : value;
    if (behaviour.walkPerRootHour > 0 && seconds > 0) {
      double deviation = behaviour.walkPerRootHour * Math.sqrt(seconds / SECONDS_PER_HOUR);
      walked += random.nextGaussian(0, deviation);
    }
    untilSample -= seconds;
    if (begun && untilSample > 1e-9) {
      return false;
    }
    untilSample += behaviour.sampleSeconds;
    begun = true;
    if (!stuck) {
      shown = signal();
    }
    return true;
  }

  private double signal() {
    double drifted = lagged + walked + behaviour.driftPerHour * age / SECONDS_PER_HOUR + bias;
    if (scaling.noise() > 0) {
      drifted += random.nextGaussian(0, scaling.noise());
    }
    if (behaviour.resolution > 0) {
      drifted = Math.rint(drifted / behaviour.resolution) * behaviour.resolution;
    }
    return Math.clamp(faulty(drifted), scaling.minimum(), scaling.maximum());
  }

  private double faulty(double value) {
    Loop loop = behaviour.loop;
    if (loop != null) {
      return broken
          ? 0
          : failed == 0
              ? loop.milliamperes(value)
              : failed > 0 ? Loop.HIGH_FAULT_MILLIAMPERES : Loop.LOW_FAULT_MILLIAMPERES;
    }
    if (failed != 0) {
      double end = failed > 0 ? scaling.maximum() : scaling.minimum();
      return Math.abs(end) < 1e300 ? end : behaviour.brokenValue;
    }
    return broken ? behaviour.brokenValue : value;
  }

  double shown() {
    return shown;
  }

  void stick(boolean on) {
    stuck = on;
  }

  void breakWire(boolean on) {
    broken = on;
  }

  void fail(double direction) {
    failed = direction;
  }

  void bias(double value) {
    bias = value;
  }
}
