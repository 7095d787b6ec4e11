package io.plantbus.simulators.bench;

import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The physics of a bench and how it is wired to the slaves.
///
/// @param stepNanos of the calculation, 1 ms to 10 s
/// @param parts names unique; tanks stand before what refers to them
/// @param sensors what the slaves measure
/// @param actuators what the slaves are told
public record BenchProcess(
    long stepNanos, List<Part> parts, List<Measurement> sensors, List<Command> actuators) {
  /// No physics.
  public static final BenchProcess NONE =
      new BenchProcess(50_000_000, List.of(), List.of(), List.of());

  public BenchProcess {
    parts = List.copyOf(parts);
    sensors = List.copyOf(sensors);
    actuators = List.copyOf(actuators);
  }

  /// Whether there is nothing to calculate.
  public boolean isEmpty() {
    return parts.isEmpty() && sensors.isEmpty() && actuators.isEmpty();
  }

  /// A part of the process.
  public sealed interface Part {
    /// Unique in the process.
    String name();

    /// See [io.plantbus.simulators.process.Tank].
    record TankPart(
        String name,
        double areaSquareMetres,
        double heightMetres,
        double levelMetres,
        double temperatureCelsius)
        implements Part {}

    /// See [Pump].
    ///
    /// @param from a tank or null
    /// @param into a tank or null
    record PumpPart(String name, Pump.Rating rating, @Nullable String from, @Nullable String into)
        implements Part {}

    /// See [io.plantbus.simulators.process.Valve].
    ///
    /// @param from a tank
    /// @param into a tank or null
    record ValvePart(
        String name,
        double kvCubicMetresPerHour,
        double strokeSeconds,
        double position,
        String from,
        @Nullable String into)
        implements Part {}

    /// See [Heater].
    ///
    /// @param tank the one that it heats
    record HeaterPart(String name, Heater.Rating rating, String tank, double setpointCelsius)
        implements Part {}
  }

  /// Where a value lies.
  ///
  /// @param slave a slave of the bench
  /// @param resource one of its profile
  public record Place(String slave, String resource) {
    @Override
    public String toString() {
      return slave + "." + resource;
    }
  }

  /// A quantity or a command of a part.
  ///
  /// @param part its name
  /// @param name such as `level` or `run`
  public record Pin(String part, String name) {}

  /// What a slave measures.
  ///
  /// @param into where the slave shows it
  /// @param of what it measures, or null for a constant
  /// @param constant what is measured without `of`
  public record Measurement(
      Place into, @Nullable Pin of, double constant, Sensor.Scaling scaling) {}

  /// What a slave is told: command = value · scale + offset.
  ///
  /// @param from where a master writes it
  /// @param to what obeys
  public record Command(Place from, Pin to, double scale, double offset) {}
}
