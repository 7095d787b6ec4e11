package io.plantbus.simulators.process.electrical;

import java.util.SplittableRandom;

/// How much light there is over the day: half a sine from sunrise to sunset, less what clouds take,
/// which come and go by seed.
public final class Sun {
  private static final double NOON_WATTS_PER_SQUARE_METRE = 1_000;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final double HOURS_PER_DAY = 24;
  private static final double CLOUD_SECONDS = 300;

  private final Day day;
  private final SplittableRandom random;
  private double hour;
  private double cloud;

  /// A day.
  ///
  /// @param startHour when the process starts, 0 to 24
  /// @param sunriseHour 0 to 24
  /// @param sunsetHour after sunrise, to 24
  /// @param cloudiness 0 to 1: how much clouds take at most
  public record Day(double startHour, double sunriseHour, double sunsetHour, double cloudiness) {
    public Day {
      if (!(startHour >= 0 && startHour <= HOURS_PER_DAY)) {
        throw new IllegalArgumentException("a day starts at 0..24 h");
      }
      if (!(sunriseHour >= 0 && sunriseHour < sunsetHour && sunsetHour <= HOURS_PER_DAY)) {
        throw new IllegalArgumentException("the sun rises before it sets, within 0..24 h");
      }
      if (!(cloudiness >= 0 && cloudiness <= 1)) {
        throw new IllegalArgumentException("a cloudiness must be 0..1");
      }
    }
  }

  /// @param random of the clouds alone
  public Sun(Day day, SplittableRandom random) {
    this.day = day;
    this.random = random;
    this.hour = day.startHour % HOURS_PER_DAY;
  }

  void step(double seconds) {
    hour = (hour + seconds / SECONDS_PER_HOUR) % HOURS_PER_DAY;
    if (day.cloudiness > 0) {
      double kept = Math.exp(-seconds / CLOUD_SECONDS);
      cloud = cloud * kept + random.nextGaussian(0, Math.sqrt(1 - kept * kept));
    }
  }

  double hour() {
    return hour;
  }

  /// Light on the panels.
  double wattsPerSquareMetre() {
    double share = (hour - day.sunriseHour) / (day.sunsetHour - day.sunriseHour);
    if (share <= 0 || share >= 1) {
      return 0;
    }
    double taken = day.cloudiness * Math.clamp(0.5 + cloud / 2, 0, 1);
    return NOON_WATTS_PER_SQUARE_METRE * Math.sin(Math.PI * share) * (1 - taken);
  }
}
