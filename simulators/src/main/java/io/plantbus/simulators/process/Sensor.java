package io.plantbus.simulators.process;

import io.plantbus.devices.TagValue;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/// Measures a quantity into a slave's resource: value = quantity · scale + offset + noise, held
/// within the sensor's range, after whatever its [Transmitter] makes of it. Its name is
/// `sensor.<slave>.<resource>`.
///
/// Quantities: `value` (as shown) and `true` (as it is, scaled). Commands, which are its faults:
/// `stuck` (0 or 1: keeps its last value), `broken` (0 or 1: the wire), `failed` (1: the
/// transmitter signals a fault above the range, -1 below it, 0 none), `bias` (added to the value).
public final class Sensor implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES = List.of("value", "true");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("stuck", "broken", "failed", "bias");

  private static final int MOST_UNCHANGED = 20;

  private final SimulatedSlave slave;
  private final String resource;
  private final DoubleSupplier quantity;
  private final Scaling scaling;
  private final Transmitter transmitter;
  private double scaled;
  private long lastBits = Double.doubleToRawLongBits(Double.NaN);
  private int unchanged;

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

  /// A sensor that shows at once what it measures.
  ///
  /// @param random of this sensor's noise alone
  public Sensor(
      SimulatedSlave slave,
      String resource,
      DoubleSupplier quantity,
      Scaling scaling,
      SplittableRandom random) {
    this(slave, resource, quantity, scaling, Transmitter.Behaviour.IDEAL, random);
  }

  /// @param random of this sensor's noise and drift alone
  public Sensor(
      SimulatedSlave slave,
      String resource,
      DoubleSupplier quantity,
      Scaling scaling,
      Transmitter.Behaviour behaviour,
      SplittableRandom random) {
    this.slave = slave;
    this.resource = resource;
    this.quantity = quantity;
    this.scaling = scaling;
    this.transmitter = new Transmitter(behaviour, scaling, random);
  }

  @Override
  public String name() {
    return "sensor." + slave.name() + "." + resource;
  }

  /// Measures for the first time.
  public void measure() {
    step(0);
  }

  /// Measures and shows it.
  ///
  /// @param seconds since it measured last; 0 at first
  @Override
  public void step(double seconds) {
    scaled = quantity.getAsDouble() * scaling.scale + scaling.offset;
    if (transmitter.step(scaled, seconds)) {
      show(transmitter.shown());
    }
  }

  /// A value that stays is shown anew from time to time, in case that somebody wrote over it.
  private void show(double value) {
    boolean changed = Double.doubleToRawLongBits(value) != lastBits;
    if ((changed || ++unchanged >= MOST_UNCHANGED)
        && Double.isFinite(value)
        && slave.set(resource, TagValue.of(value))) {
      lastBits = Double.doubleToRawLongBits(value);
      unchanged = 0;
    }
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "value" -> transmitter.shown();
      case "true" -> scaled;
      default -> throw ProcessPart.unknown("a sensor", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "stuck" -> transmitter.stick(value != 0);
      case "broken" -> transmitter.breakWire(value != 0);
      case "failed" -> transmitter.fail(value);
      case "bias" -> transmitter.bias(value);
      default -> throw ProcessPart.unknown("a sensor", commandName, COMMANDS);
    }
  }
}
