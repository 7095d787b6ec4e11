package io.plantbus.simulators.bench;

import io.plantbus.simulators.process.Conveyor;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.Tank;
import io.plantbus.simulators.process.Transmitter;
import io.plantbus.simulators.process.Valve;
import io.plantbus.simulators.process.electrical.Battery;
import io.plantbus.simulators.process.electrical.Drive;
import io.plantbus.simulators.process.electrical.EnergyMeter;
import io.plantbus.simulators.process.electrical.Inverter;
import io.plantbus.simulators.process.electrical.Motor;
import io.plantbus.simulators.process.electrical.Sun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The physics of a bench and how it is wired to the slaves.
///
/// @param stepNanos of the calculation, 1 ms to 10 s
/// @param parts names unique; tanks stand before what refers to them
/// @param sensors what the slaves measure
/// @param actuators what the slaves are told
/// @param couplings what parts tell each other
public record BenchProcess(
    long stepNanos,
    List<Part> parts,
    List<Measurement> sensors,
    List<Command> actuators,
    List<Link> couplings) {
  /// No physics.
  public static final BenchProcess NONE =
      new BenchProcess(50_000_000, List.of(), List.of(), List.of(), List.of());

  public BenchProcess {
    couplings = List.copyOf(couplings);
    parts = List.copyOf(parts);
    sensors = List.copyOf(sensors);
    actuators = List.copyOf(actuators);
  }

  /// A process whose parts are not coupled.
  public BenchProcess(
      long stepNanos, List<Part> parts, List<Measurement> sensors, List<Command> actuators) {
    this(stepNanos, parts, sensors, actuators, List.of());
  }

  /// Whether there is nothing to calculate.
  public boolean isEmpty() {
    return parts.isEmpty() && sensors.isEmpty() && actuators.isEmpty();
  }

  /// A part of the process.
  public sealed interface Part {
    /// Unique in the process.
    String name();

    /// What it can be asked for.
    List<String> quantities();

    /// What it can be told.
    List<String> commands();

    /// See [Tank].
    record TankPart(
        String name,
        double areaSquareMetres,
        double heightMetres,
        double levelMetres,
        double temperatureCelsius)
        implements Part {
      @Override
      public List<String> quantities() {
        return Tank.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Tank.COMMANDS;
      }
    }

    /// See [Pump].
    ///
    /// @param from a tank or null
    /// @param into a tank or null
    record PumpPart(
        String name,
        Pump.Rating rating,
        Pump.Installation installation,
        @Nullable String from,
        @Nullable String into)
        implements Part {
      @Override
      public List<String> quantities() {
        return Pump.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Pump.COMMANDS;
      }
    }

    /// See [Valve].
    ///
    /// @param from a tank
    /// @param into a tank or null
    record ValvePart(
        String name,
        double kvCubicMetresPerHour,
        double strokeSeconds,
        double position,
        Valve.Trim trim,
        String from,
        @Nullable String into)
        implements Part {
      @Override
      public List<String> quantities() {
        return Valve.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Valve.COMMANDS;
      }
    }

    /// See [Heater].
    ///
    /// @param tank the one that it heats
    record HeaterPart(
        String name,
        Heater.Rating rating,
        Heater.Element element,
        String tank,
        double setpointCelsius)
        implements Part {
      @Override
      public List<String> quantities() {
        return Heater.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Heater.COMMANDS;
      }
    }

    /// See [Conveyor].
    record ConveyorPart(String name, Conveyor.Rating rating) implements Part {
      @Override
      public List<String> quantities() {
        return Conveyor.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Conveyor.COMMANDS;
      }
    }

    /// See [Drive].
    record DrivePart(String name, Motor.Rating motor, Drive.Settings settings) implements Part {
      @Override
      public List<String> quantities() {
        return Drive.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Drive.COMMANDS;
      }
    }

    /// See [EnergyMeter].
    record MeterPart(String name, double volts, double hertz, double cosPhi, double loadWatts)
        implements Part {
      @Override
      public List<String> quantities() {
        return EnergyMeter.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return EnergyMeter.COMMANDS;
      }
    }

    /// See [Inverter].
    record InverterPart(String name, Inverter.Rating rating, Sun.Day day) implements Part {
      @Override
      public List<String> quantities() {
        return Inverter.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Inverter.COMMANDS;
      }
    }

    /// See [Battery].
    ///
    /// @param soc at first, 0 to 1
    record BatteryPart(String name, Battery.Rating rating, double soc) implements Part {
      @Override
      public List<String> quantities() {
        return Battery.QUANTITIES;
      }

      @Override
      public List<String> commands() {
        return Battery.COMMANDS;
      }
    }
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
      Place into,
      @Nullable Pin of,
      double constant,
      Sensor.Scaling scaling,
      Transmitter.Behaviour behaviour) {
    /// A sensor that shows at once what it measures.
    public Measurement(Place into, @Nullable Pin of, double constant, Sensor.Scaling scaling) {
      this(into, of, constant, scaling, Transmitter.Behaviour.IDEAL);
    }

    /// The name under which its faults can be set.
    public String name() {
      return "sensor." + into;
    }
  }

  /// What one part tells another: command = quantity · scale + offset.
  public record Link(Pin from, Pin to, double scale, double offset) {}

  /// What a slave is told: command = value · scale + offset.
  ///
  /// @param from where a master writes it
  /// @param to what obeys
  public record Command(Place from, Pin to, double scale, double offset) {}
}
