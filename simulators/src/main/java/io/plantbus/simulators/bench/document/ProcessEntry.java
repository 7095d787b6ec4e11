package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Located;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.BenchProcess.Command;
import io.plantbus.simulators.bench.BenchProcess.Measurement;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.process.Heater;
import io.plantbus.simulators.process.Pump;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.Tank;
import io.plantbus.simulators.process.Valve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process as it stands in a bench file, its references still to be found.
record ProcessEntry(
    long stepNanos,
    List<Part> parts,
    List<Located<String>> tankReferences,
    List<SensorEntry> sensors,
    List<ActuatorEntry> actuators) {

  /// What a slave measures.
  record SensorEntry(
      Located<String> into,
      @Nullable Located<String> of,
      double constant,
      Sensor.Scaling scaling) {}

  /// What a slave is told.
  record ActuatorEntry(Located<String> from, Located<String> to, double scale, double offset) {}

  /// Finds what is referred to, and adds a problem for what is not there.
  BenchProcess resolve(BenchNames names) {
    List<String> tanks =
        parts.stream().filter(Part.TankPart.class::isInstance).map(Part::name).toList();
    for (Located<String> tank : tankReferences) {
      if (!tanks.contains(tank.value())) {
        names.problems().unknownName(tank.where(), "tank", tank.value(), tanks);
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (SensorEntry sensor : sensors) {
      Place into = names.place(sensor.into);
      Pin of = sensor.of == null ? null : pin(sensor.of, "quantity", names);
      if (into != null) {
        measurements.add(new Measurement(into, of, sensor.constant, sensor.scaling));
      }
    }
    List<Command> commands = new ArrayList<>();
    for (ActuatorEntry actuator : actuators) {
      Place from = names.place(actuator.from);
      Pin to = pin(actuator.to, "command", names);
      if (from != null && to != null) {
        commands.add(new Command(from, to, actuator.scale, actuator.offset));
      }
    }
    return new BenchProcess(stepNanos, parts, measurements, commands);
  }

  /// @param kind quantity or command
  private @Nullable Pin pin(Located<String> written, String kind, BenchNames names) {
    for (Part part : parts) {
      String prefix = part.name() + ".";
      if (written.value().startsWith(prefix)) {
        String pin = written.value().substring(prefix.length());
        List<String> known = kind.equals("command") ? commands(part) : quantities(part);
        if (!known.contains(pin)) {
          names.problems().unknownName(written.where(), kind, pin, known);
          return null;
        }
        return new Pin(part.name(), pin);
      }
    }
    names
        .problems()
        .unknownName(
            written.where(),
            "part of the process",
            written.value().split("\\.", 2)[0],
            parts.stream().map(Part::name).toList());
    return null;
  }

  private static List<String> quantities(Part part) {
    return switch (part) {
      case Part.TankPart _ -> Tank.QUANTITIES;
      case Part.PumpPart _ -> Pump.QUANTITIES;
      case Part.ValvePart _ -> Valve.QUANTITIES;
      case Part.HeaterPart _ -> Heater.QUANTITIES;
    };
  }

  private static List<String> commands(Part part) {
    return switch (part) {
      case Part.TankPart _ -> Tank.COMMANDS;
      case Part.PumpPart _ -> Pump.COMMANDS;
      case Part.ValvePart _ -> Valve.COMMANDS;
      case Part.HeaterPart _ -> Heater.COMMANDS;
    };
  }
}
