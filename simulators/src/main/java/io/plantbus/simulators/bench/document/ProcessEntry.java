package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Located;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.BenchProcess.Command;
import io.plantbus.simulators.bench.BenchProcess.Link;
import io.plantbus.simulators.bench.BenchProcess.Measurement;
import io.plantbus.simulators.bench.BenchProcess.Part;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.process.Sensor;
import io.plantbus.simulators.process.Transmitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A process as it stands in a bench file, its references still to be found.
record ProcessEntry(
    long stepNanos,
    List<Part> parts,
    List<Located<String>> tankReferences,
    List<SensorEntry> sensors,
    List<ActuatorEntry> actuators,
    List<ActuatorEntry> couplings) {

  /// What a slave measures.
  record SensorEntry(
      Located<String> into,
      @Nullable Located<String> of,
      double constant,
      Sensor.Scaling scaling,
      Transmitter.Behaviour behaviour) {}

  /// What a slave or a part tells.
  record ActuatorEntry(Located<String> from, Located<String> to, double scale, double offset) {}

  /// What a name of the process can be asked for or told.
  private record Pins(List<String> quantities, List<String> commands) {}

  /// Finds what is referred to, and adds a problem for what is not there.
  BenchProcess resolve(BenchNames names) {
    List<String> tanks =
        parts.stream().filter(Part.TankPart.class::isInstance).map(Part::name).toList();
    for (Located<String> tank : tankReferences) {
      if (!tanks.contains(tank.value())) {
        names.problems().unknownName(tank.where(), "tank", tank.value(), tanks);
      }
    }
    Map<String, Pins> pins = new LinkedHashMap<>();
    parts.forEach(part -> pins.put(part.name(), new Pins(part.quantities(), part.commands())));
    List<Measurement> measurements = measurements(names, pins);
    List<Command> commands = new ArrayList<>();
    for (ActuatorEntry actuator : actuators) {
      Place from = names.place(actuator.from);
      Pin to = pin(actuator.to, false, names, pins);
      if (from != null && to != null) {
        commands.add(new Command(from, to, actuator.scale, actuator.offset));
      }
    }
    List<Link> links = new ArrayList<>();
    for (ActuatorEntry coupling : couplings) {
      Pin from = pin(coupling.from, true, names, pins);
      Pin to = pin(coupling.to, false, names, pins);
      if (from != null && to != null) {
        links.add(new Link(from, to, coupling.scale, coupling.offset));
      }
    }
    return new BenchProcess(stepNanos, parts, measurements, commands, links);
  }

  /// The sensors, which are parts themselves from then on.
  private List<Measurement> measurements(BenchNames names, Map<String, Pins> pins) {
    List<Measurement> measurements = new ArrayList<>();
    for (SensorEntry sensor : sensors) {
      Place into = names.place(sensor.into);
      Pin of = sensor.of == null ? null : pin(sensor.of, true, names, pins);
      if (into != null) {
        measurements.add(
            new Measurement(into, of, sensor.constant, sensor.scaling, sensor.behaviour));
      }
    }
    Pins pinsOfSensor = new Pins(Sensor.QUANTITIES, Sensor.COMMANDS);
    for (SensorEntry sensor : sensors) {
      if (pins.putIfAbsent("sensor." + sensor.into.value(), pinsOfSensor) != null) {
        names
            .problems()
            .error(
                sensor.into.where(),
                "another sensor shows at " + sensor.into.value(),
                "remove one of them");
      }
    }
    return measurements;
  }

  private static @Nullable Pin pin(
      Located<String> written, boolean quantity, BenchNames names, Map<String, Pins> pins) {
    String text = written.value();
    int dot = text.lastIndexOf('.');
    Pins found = pins.get(text.substring(0, dot));
    if (found == null) {
      names
          .problems()
          .unknownName(
              written.where(), "part of the process", text.substring(0, dot), pins.keySet());
      return null;
    }
    String name = text.substring(dot + 1);
    List<String> known = quantity ? found.quantities : found.commands;
    if (!known.contains(name)) {
      names.problems().unknownName(written.where(), quantity ? "quantity" : "command", name, known);
      return null;
    }
    return new Pin(text.substring(0, dot), name);
  }
}
