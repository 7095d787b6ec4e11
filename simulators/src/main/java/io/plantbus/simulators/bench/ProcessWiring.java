package io.plantbus.simulators.bench;

import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.bench.BenchProcess.Command;
import io.plantbus.simulators.bench.BenchProcess.Link;
import io.plantbus.simulators.bench.BenchProcess.Measurement;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.process.Actuator;
import io.plantbus.simulators.process.Conveyor;
import io.plantbus.simulators.process.Coupling;
import io.plantbus.simulators.process.FlowPath;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.HydraulicNetwork;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.process.ProcessPart;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.process.Tank;
import io.plantbus.simulators.process.Valve;
import io.plantbus.simulators.process.electrical.Battery;
import io.plantbus.simulators.process.electrical.Drive;
import io.plantbus.simulators.process.electrical.EnergyMeter;
import io.plantbus.simulators.process.electrical.Inverter;
import io.plantbus.simulators.process.electrical.Sun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Makes a process of its description and wires it to slaves.
final class ProcessWiring {
  private final Map<String, ? extends SimulatedSlave> slaves;
  private final Surroundings surroundings;
  private final Map<String, ProcessPart> parts = new LinkedHashMap<>();

  ProcessWiring(Map<String, ? extends SimulatedSlave> slaves, Surroundings surroundings) {
    this.slaves = slaves;
    this.surroundings = surroundings;
  }

  /// @throws IllegalArgumentException if something refers to what does not exist
  ProcessModel wire(BenchProcess process) {
    process.parts().forEach(part -> parts.put(part.name(), make(part)));
    List<Sensor> sensors = new ArrayList<>();
    for (Measurement measurement : process.sensors()) {
      Sensor sensor = sensor(measurement);
      sensors.add(sensor);
      if (parts.putIfAbsent(sensor.name(), sensor) != null) {
        throw new IllegalArgumentException("two sensors show at " + measurement.into());
      }
    }
    return new ProcessModel(
        process.stepNanos(),
        ordered(),
        process.couplings().stream().map(this::coupling).toList(),
        process.actuators().stream().map(this::actuator).toList(),
        sensors);
  }

  /// Machines first, then all water at once.
  private List<ProcessPart> ordered() {
    List<ProcessPart> ordered = new ArrayList<>();
    List<Tank> tanks = new ArrayList<>();
    List<FlowPath> paths = new ArrayList<>();
    for (ProcessPart part : parts.values()) {
      switch (part) {
        case Tank tank -> tanks.add(tank);
        case FlowPath path -> paths.add(path);
        case Sensor _ -> {}
        default -> ordered.add(part);
      }
    }
    if (!tanks.isEmpty() || !paths.isEmpty()) {
      ordered.add(new HydraulicNetwork(tanks, paths));
    }
    return ordered;
  }

  private ProcessPart make(Part part) {
    String name = part.name();
    return switch (part) {
      case Part.TankPart tank ->
          new Tank(
              name,
              tank.areaSquareMetres(),
              tank.heightMetres(),
              tank.levelMetres(),
              tank.temperatureCelsius());
      case Part.PumpPart pump ->
          new Pump(
              name,
              pump.rating(),
              pump.installation(),
              tankOrNull(pump.from()),
              tankOrNull(pump.into()));
      case Part.ValvePart valve ->
          new Valve(
              name,
              valve.kvCubicMetresPerHour(),
              valve.strokeSeconds(),
              valve.position(),
              valve.trim(),
              tank(valve.from()),
              tankOrNull(valve.into()));
      case Part.HeaterPart heater ->
          new Heater(
              name,
              heater.rating(),
              heater.element(),
              tank(heater.tank()),
              heater.setpointCelsius());
      case Part.ConveyorPart(_, var rating) -> new Conveyor(name, rating, random(name));
      case Part.DrivePart(_, var motor, var settings) -> new Drive(name, motor, settings);
      case Part.MeterPart(_, double volts, double hertz, double cosPhi, double load) ->
          new EnergyMeter(name, volts, hertz, cosPhi, load);
      case Part.InverterPart(_, var rating, var day) ->
          new Inverter(name, rating, new Sun(day, random(name)));
      case Part.BatteryPart(_, var rating, double soc) -> new Battery(name, rating, soc);
    };
  }

  private SplittableRandom random(String part) {
    return surroundings.random("process/" + part);
  }

  private Coupling coupling(Link link) {
    return new Coupling(
        part(link.from()),
        link.from().name(),
        part(link.to()),
        link.to().name(),
        link.scale(),
        link.offset());
  }

  private Actuator actuator(Command command) {
    SimulatedSlave slave = slave(command.from().slave());
    var _ = slave.get(command.from().resource());
    return new Actuator(
        slave,
        command.from().resource(),
        part(command.to()),
        command.to().name(),
        command.scale(),
        command.offset());
  }

  private Sensor sensor(Measurement measurement) {
    SimulatedSlave slave = slave(measurement.into().slave());
    var _ = slave.get(measurement.into().resource());
    return new Sensor(
        slave,
        measurement.into().resource(),
        quantity(measurement),
        measurement.scaling(),
        measurement.behaviour(),
        surroundings.random("sensor/" + measurement.into()));
  }

  private DoubleSupplier quantity(Measurement measurement) {
    Pin pin = measurement.of();
    if (pin == null) {
      return measurement::constant;
    }
    ProcessPart part = part(pin);
    String name = pin.name();
    var _ = part.quantity(name);
    return () -> part.quantity(name);
  }

  private SimulatedSlave slave(String name) {
    SimulatedSlave slave = slaves.get(name);
    if (slave == null) {
      throw new IllegalArgumentException("there is no slave '" + name + "'");
    }
    return slave;
  }

  private ProcessPart part(Pin pin) {
    ProcessPart part = parts.get(pin.part());
    if (part == null) {
      throw new IllegalArgumentException("there is no part '" + pin.part() + "' of the process");
    }
    return part;
  }

  private @Nullable Tank tankOrNull(@Nullable String name) {
    return name == null ? null : tank(name);
  }

  private Tank tank(String name) {
    if (parts.get(name) instanceof Tank tank) {
      return tank;
    }
    throw new IllegalArgumentException("there is no tank '" + name + "'");
  }
}
