package io.plantbus.simulators.process.electrical;

import io.plantbus.simulators.process.solve.Integration;

/// An induction motor behind a converter that keeps its flux: torque goes with slip (Kloss), the
/// shaft with the torque that is left, and what is neither work nor motion is heat.
public final class Motor {
  private static final double PULL_OUT = 2.5;
  private static final double STANDSTILL_SHARE = 0.01;

  private static final int SPEED = 0;
  private static final int TAKEN = 1;
  private static final int WORK = 2;
  private static final int HEAT = 3;

  private final Rating rating;
  private final double ratedTorque;
  private final double ratedSlip;
  private final double pullOutSlip;
  private final double statorWatts;
  private final double reactive;
  private final double active;
  private final double[] state = new double[4];
  private final Integration integration;
  private boolean powered;
  private double synchronous;
  private double voltageShare = 1;
  private double loadShare;

  /// A motor by its plate.
  ///
  /// @param powerWatts at the shaft, above 0
  /// @param synchronousRpm at the rated frequency, above 0
  /// @param ratedRpm under full load, below the synchronous speed
  /// @param volts between two phases
  /// @param cosPhi at full load, above 0 and below 1
  /// @param efficiency at full load, above 0 and below 1
  /// @param inertiaKilogramSquareMetres of motor and load together, above 0
  /// @param quadraticShare of the load that goes with the square of speed, 0 to 1; the rest is
  ///   constant
  public record Rating(
      double powerWatts,
      double synchronousRpm,
      double ratedRpm,
      double volts,
      double cosPhi,
      double efficiency,
      double inertiaKilogramSquareMetres,
      double quadraticShare) {
    public Rating {
      if (!(powerWatts > 0) || !(volts > 0) || !(inertiaKilogramSquareMetres > 0)) {
        throw new IllegalArgumentException("power, voltage and inertia must be above 0");
      }
      if (!(ratedRpm > 0 && ratedRpm < synchronousRpm)) {
        throw new IllegalArgumentException("the rated speed must be below the synchronous one");
      }
      if (!(cosPhi > 0 && cosPhi < 1) || !(efficiency > 0 && efficiency < 1)) {
        throw new IllegalArgumentException("cos phi and efficiency must be above 0 and below 1");
      }
      if (efficiency >= ratedRpm / synchronousRpm) {
        throw new IllegalArgumentException(
            "with that slip the efficiency is below " + ratedRpm / synchronousRpm);
      }
      if (!(quadraticShare >= 0 && quadraticShare <= 1)) {
        throw new IllegalArgumentException("the quadratic share of the load must be 0..1");
      }
    }

    double ratedAmperes() {
      return powerWatts / (Math.sqrt(3) * volts * cosPhi * efficiency);
    }

    double ratedRadiansPerSecond() {
      return ratedRpm * Math.PI / 30;
    }

    double synchronousRadiansPerSecond() {
      return synchronousRpm * Math.PI / 30;
    }
  }

  Motor(Rating rating) {
    this.rating = rating;
    double rated = rating.ratedRadiansPerSecond();
    ratedTorque = rating.powerWatts / rated;
    ratedSlip = rating.synchronousRadiansPerSecond() - rated;
    double pull = PULL_OUT + Math.sqrt(PULL_OUT * PULL_OUT - 1);
    pullOutSlip = ratedSlip * pull;
    statorWatts =
        rating.powerWatts / rating.efficiency - ratedTorque * rating.synchronousRadiansPerSecond();
    active = rating.cosPhi;
    reactive = Math.sqrt(1 - active * active);
    double joules = 1e-5 * rating.powerWatts;
    integration =
        new Integration(this::derive, new double[] {1e-4 * rated, joules, joules, joules});
  }

  /// Lets time go by.
  ///
  /// @param isPowered whether the converter drives it, or it coasts
  /// @param frequencyShare of the rated frequency
  /// @param supplyShare of the rated voltage, at most 1
  /// @param load torque at rated speed, as a share of the rated one; 0 or more
  void step(
      double seconds, boolean isPowered, double frequencyShare, double supplyShare, double load) {
    powered = isPowered;
    synchronous = frequencyShare * rating.synchronousRadiansPerSecond();
    voltageShare = supplyShare;
    loadShare = load;
    integration.advance(state, seconds);
  }

  private void derive(double[] now, double[] rates) {
    double torque = torqueAt(now[SPEED]);
    double load = loadAt(now[SPEED]);
    double current = currentShareAt(now[SPEED]);
    double stator = statorWatts * current * current;
    rates[SPEED] = (torque - load) / rating.inertiaKilogramSquareMetres;
    rates[TAKEN] = torque * synchronous + stator;
    rates[WORK] = load * now[SPEED];
    rates[HEAT] = torque * (synchronous - now[SPEED]) + stator;
  }

  private double torqueAt(double speed) {
    if (!powered) {
      return 0;
    }
    double slip = synchronous - speed;
    double kloss = 2 * slip * pullOutSlip / (slip * slip + pullOutSlip * pullOutSlip);
    return PULL_OUT * ratedTorque * voltageShare * voltageShare * kloss;
  }

  private double loadAt(double speed) {
    double rated = rating.ratedRadiansPerSecond();
    double share = speed / rated;
    double moving = Math.clamp(share / STANDSTILL_SHARE, -1, 1);
    double quadratic = rating.quadraticShare * share * share;
    return ratedTorque * loadShare * moving * (quadratic + 1 - rating.quadraticShare);
  }

  private double currentShareAt(double speed) {
    if (!powered) {
      return 0;
    }
    double slip = (synchronous - speed) / ratedSlip;
    double pull = pullOutSlip / ratedSlip;
    double rotor = slip * Math.sqrt((1 + pull * pull) / (slip * slip + pull * pull));
    double share = active * rotor * voltageShare;
    return Math.sqrt(reactive * reactive * voltageShare * voltageShare + share * share);
  }

  double speedRadiansPerSecond() {
    return state[SPEED];
  }

  double torqueNewtonMetres() {
    return torqueAt(state[SPEED]);
  }

  /// The current as a share of the rated one.
  double currentShare() {
    return currentShareAt(state[SPEED]);
  }

  double slipShare() {
    return synchronous == 0 ? 0 : (synchronous - state[SPEED]) / synchronous;
  }

  double powerWatts() {
    double current = currentShare();
    return torqueNewtonMetres() * synchronous + statorWatts * current * current;
  }

  double takenJoules() {
    return state[TAKEN];
  }

  double workJoules() {
    return state[WORK];
  }

  double heatJoules() {
    return state[HEAT];
  }

  double motionJoules() {
    return rating.inertiaKilogramSquareMetres * state[SPEED] * state[SPEED] / 2;
  }

  long adaptiveSteps() {
    return integration.adaptiveSteps();
  }
}
