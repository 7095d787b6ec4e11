package io.plantbus.simulators.bench;

import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.bench.BenchProcess.Command;
import io.plantbus.simulators.bench.BenchProcess.Measurement;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.process.Actuator;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.process.ProcessPart;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.process.Tank;
import io.plantbus.simulators.process.Valve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    List<ProcessPart> ordered = new ArrayList<>();
    parts.values().stream().filter(part -> !(part instanceof Tank)).forEach(ordered::add);
    parts.values().stream().filter(Tank.class::isInstance).forEach(ordered::add);
    return new ProcessModel(
        process.stepNanos(),
        ordered,
        process.actuators().stream().map(this::actuator).toList(),
        process.sensors().stream().map(this::sensor).toList());
  }

  private ProcessPart make(Part part) {
    return switch (part) {
      case Part.TankPart tank ->
          new Tank(
              tank.name(),
              tank.areaSquareMetres(),
              tank.heightMetres(),
              tank.levelMetres(),
              tank.temperatureCelsius());
      case Part.PumpPart pump ->
          new Pump(pump.name(), pump.rating(), tankOrNull(pump.from()), tankOrNull(pump.into()));
      case Part.ValvePart valve ->
          new Valve(
              valve.name(),
              valve.kvCubicMetresPerHour(),
              valve.strokeSeconds(),
              valve.position(),
              tank(valve.from()),
              tankOrNull(valve.into()));
      case Part.HeaterPart heater ->
          new Heater(heater.name(), heater.rating(), tank(heater.tank()), heater.setpointCelsius());
    };
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
