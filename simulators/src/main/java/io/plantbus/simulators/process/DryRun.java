package io.plantbus.simulators.process;

import org.jspecify.annotations.Nullable;

/// Watches the suction of a pump: the head above the vapour pressure of the water that it has
/// (NPSH), and how long it has been too little.
public final class DryRun {
  private static final double ATMOSPHERE_METRES = 10.33;

  private final Suction suction;
  private double available = ATMOSPHERE_METRES;
  private double limit = Double.POSITIVE_INFINITY;
  private double drySeconds;
  private boolean dry;
  private boolean tripped;
  private boolean resetBefore;

  /// The suction side of a pump.
  ///
  /// @param neededMetres NPSH at the rated flow, which goes with the square of the flow; 0 or more
  /// @param liftMetres how far the pump stands above the bottom of its tank; negative below it
  /// @param leastLevelMetres below this level in its tank it draws air; 0 or more
  /// @param tripSeconds dry for that long it trips; 0 for never
  public record Suction(
      double neededMetres, double liftMetres, double leastLevelMetres, double tripSeconds) {
    /// Always enough water, and no trip.
    public static final Suction FLOODED = new Suction(0, 0, 0, 0);

    public Suction {
      if (!(neededMetres >= 0) || !(leastLevelMetres >= 0) || !(tripSeconds >= 0)) {
        throw new IllegalArgumentException(
            "NPSH, least level and trip time of a pump must be 0 or more");
      }
    }
  }

  DryRun(Suction suction) {
    this.suction = suction;
  }

  /// @param share of the rated flow that it moves
  /// @param from what it draws from, or null for a source that never ends
  void step(double seconds, double speed, double share, @Nullable Tank from) {
    double level = from == null ? 0 : from.levelMetres();
    double celsius = from == null ? 15 : from.temperatureCelsius();
    available = ATMOSPHERE_METRES + level - suction.liftMetres - vapourMetres(celsius);
    boolean air = from != null && level <= suction.leastLevelMetres;
    limit = air && suction.leastLevelMetres > 0 ? 0 : suctionLimit();
    dry = speed > 0 && (air || share >= limit);
    drySeconds = dry ? drySeconds + seconds : 0;
    if (suction.tripSeconds > 0 && drySeconds >= suction.tripSeconds) {
      tripped = true;
    }
  }

  /// Cavitation holds the flow where the head needed equals the head available.
  private double suctionLimit() {
    if (suction.neededMetres == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.sqrt(Math.max(0, available) / suction.neededMetres);
  }

  /// Water's vapour pressure as a head (Magnus's formula with Sonntag's constants).
  private static double vapourMetres(double celsius) {
    return 611.2
        * Math.exp(17.62 * celsius / (243.12 + celsius))
        / Tank.WEIGHT_NEWTONS_PER_CUBIC_METRE;
  }

  void reset(boolean on) {
    if (on && !resetBefore) {
      tripped = false;
      drySeconds = 0;
    }
    resetBefore = on;
  }

  /// The share of the rated flow that the suction lets through at most.
  double flowLimit() {
    return limit;
  }

  double availableMetres() {
    return available;
  }

  boolean dry() {
    return dry;
  }

  boolean tripped() {
    return tripped;
  }
}
