package io.plantbus.simulators.process;

/// What friction makes of a stem's way: the two-parameter model of He and others (2007). The force
/// must exceed static friction before the stem slips, and then it stops a kinetic friction short of
/// where the actuator is.
public final class Stiction {
  /// A stem without friction.
  public static final Rating NONE = new Rating(0, 0);

  private final double staticShare;
  private final double kineticShare;
  private double stem;
  private double residual;
  private double actuator;

  /// How much a stem sticks.
  ///
  /// @param band S, how far the actuator travels after a reversal before the stem moves, as a share
  ///   of the stroke; 0 to 1. Alone it is plain hysteresis
  /// @param jump J, how far the stem slips when it comes loose, 0 to the band
  public record Rating(double band, double jump) {
    public Rating {
      if (!(band >= 0 && band <= 1) || !(jump >= 0 && jump <= band)) {
        throw new IllegalArgumentException(
            "a stick band must be 0..1 and a slip jump 0..band, were " + band + " and " + jump);
      }
    }
  }

  /// @param position where the stem stands at first, 0 to 1
  public Stiction(Rating rating, double position) {
    this.staticShare = (rating.band + rating.jump) / 2;
    this.kineticShare = (rating.band - rating.jump) / 2;
    this.stem = position;
    this.actuator = position;
  }

  /// The stem's position for an actuator's. At the ends of its stroke the actuator presses the stem
  /// home.
  public double follow(double position) {
    residual += position - actuator;
    actuator = position;
    if (position <= 0 || position >= 1) {
      stem = position;
      residual = 0;
    } else if (Math.abs(residual) > staticShare) {
      double left = Math.copySign(kineticShare, residual);
      stem = Math.clamp(position - left, 0, 1);
      residual = left;
    }
    return stem;
  }
}
