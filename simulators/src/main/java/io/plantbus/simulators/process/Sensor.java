package io.plantbus.simulators.process;

import io.plantbus.devices.TagValue;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/// Measures a quantity into a slave's resource: value = quantity · scale + offset + noise, held
/// within the sensor's range.
public final class Sensor {
  private final SimulatedSlave slave;
  private final String resource;
  private final DoubleSupplier quantity;
  private final Scaling scaling;
  private final SplittableRandom random;

  /// From physics to what a slave shows.
  ///
  /// @param scale factor
  /// @param offset summand, in the unit of the resource
  /// @param noise standard deviation, in the unit of the resource, 0 or more
  /// @param minimum least value shown
  /// @param maximum greatest value shown
  public record Scaling(double scale, double offset, double noise, double minimum, double maximum) {
    /// As it is, without noise and limits.
    public static final Scaling NONE =
        new Scaling(1, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Scaling {
      if (!(noise >= 0) || !(minimum < maximum)) {
        throw new IllegalArgumentException("noise must be 0 or more and minimum below maximum");
      }
    }
  }

  /// @param random of this sensor's noise alone
  public Sensor(
      SimulatedSlave slave,
      String resource,
      DoubleSupplier quantity,
      Scaling scaling,
      SplittableRandom random) {
    this.slave = slave;
    this.resource = resource;
    this.quantity = quantity;
    this.scaling = scaling;
    this.random = random;
  }

  /// Measures once.
  public void measure() {
    double value = quantity.getAsDouble() * scaling.scale + scaling.offset;
    if (scaling.noise > 0) {
      value += random.nextGaussian(0, scaling.noise);
    }
    slave.set(resource, TagValue.of(Math.clamp(value, scaling.minimum, scaling.maximum)));
  }
}
