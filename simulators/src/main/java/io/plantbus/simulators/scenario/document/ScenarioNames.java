package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.document.BenchNames;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.scenario.document.PlantNames.TagFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a scenario refers to, and adds a problem for what is not there.
public final class ScenarioNames {
  private final Bench bench;
  private final RunningBench tried;
  private final @Nullable PlantNames plant;
  private final String whyNoPlant;
  private final Problems problems;
  private final BenchNames names;

  /// @param tried the same bench, served somewhere to be asked what it has
  /// @param plant null if there is no master
  /// @param whyNoPlant what to write to have one, beginning with a verb
  public ScenarioNames(
      Bench bench,
      RunningBench tried,
      @Nullable PlantNames plant,
      String whyNoPlant,
      Problems problems) {
    this.bench = bench;
    this.tried = tried;
    this.plant = plant;
    this.whyNoPlant = whyNoPlant;
    this.problems = problems;
    this.names = new BenchNames(bench.lines(), problems);
  }

  Problems problems() {
    return problems;
  }

  /// The name of a slave or line.
  String target(Located<String> written) {
    names.requireTarget(written);
    return written.value();
  }

  /// The name of a slave or line that a fault of that kind can hit.
  String target(Located<String> written, FaultKind kind) {
    names.requireTarget(written, kind);
    names.requirePossible(written, kind);
    return written.value();
  }

  /// The slaves that a name stands for: one, those of a line, or `all`.
  List<String> slaves(Located<String> written) {
    if (written.value().equals("all")) {
      return bench.lines().stream().flatMap(line -> line.slaves().stream()).toList();
    }
    names.requireTarget(written);
    for (BenchLine line : bench.lines()) {
      if (line.name().equals(written.value())) {
        return line.slaves();
      }
    }
    return List.of(written.value());
  }

  /// Where a slave holds a value, or null after a problem.
  @Nullable Place place(Located<String> written) {
    return names.place(written);
  }

  /// Whether a name begins with that of a slave.
  boolean isOfSlave(String written) {
    return bench.lines().stream()
        .flatMap(line -> line.slaves().stream())
        .anyMatch(slave -> written.startsWith(slave + "."));
  }

  @Nullable DeviceResource resource(Place place) {
    return names.resource(place);
  }

  /// A quantity of the process, or null after a problem.
  @Nullable Pin quantity(Located<String> written) {
    Pin pin = pin(written);
    if (pin != null) {
      try {
        var _ = process().quantity(pin.part() + "." + pin.name());
      } catch (IllegalArgumentException unknown) {
        problems.error(written.where(), String.valueOf(unknown.getMessage()), "name one of those");
        return null;
      }
    }
    return pin;
  }

  /// A command of the process that no slave gives, or null after a problem.
  @Nullable Pin command(Located<String> written, double value) {
    Pin pin = pin(written);
    if (pin == null) {
      return null;
    }
    for (BenchProcess.Command actuator : bench.process().actuators()) {
      if (actuator.to().equals(pin)) {
        problems.error(
            written.where(),
            actuator.from() + " gives this command anew at each step of the process",
            "write 'set: " + actuator.from() + "' instead");
        return null;
      }
    }
    try {
      process().command(pin.part() + "." + pin.name(), value);
    } catch (IllegalArgumentException unknown) {
      problems.error(written.where(), String.valueOf(unknown.getMessage()), "name one of those");
      return null;
    }
    return pin;
  }

  private ProcessModel process() {
    ProcessModel process = tried.process();
    if (process == null) {
      throw new IllegalArgumentException("the bench has no process");
    }
    return process;
  }

  private @Nullable Pin pin(Located<String> written) {
    List<String> parts = new ArrayList<>();
    bench.process().parts().forEach(part -> parts.add(part.name()));
    bench.process().sensors().forEach(sensor -> parts.add("sensor." + sensor.into()));
    for (String part : parts) {
      if (written.value().startsWith(part + ".")) {
        return new Pin(part, written.value().substring(part.length() + 1));
      }
    }
    problems.unknownName(
        written.where(), "part of the process", written.value().split("\\.", 2)[0], parts);
    return null;
  }

  /// A tag of the plant, or null after a problem.
  @Nullable TagFacts tag(Located<String> written) {
    PlantNames known = plant(written.where());
    if (known == null) {
      return null;
    }
    TagFacts tag = known.tags().get(written.value());
    if (tag == null) {
      problems.unknownName(written.where(), "tag", written.value(), known.tags().keySet());
    }
    return tag;
  }

  /// Whether a device of the plant is in service, or null after a problem.
  @Nullable Boolean isInService(Located<String> device) {
    PlantNames known = plant(device.where());
    if (known == null) {
      return null;
    }
    Map<String, Boolean> devices = known.devices();
    Boolean found = devices.get(device.value());
    if (found == null) {
      problems.unknownName(device.where(), "device", device.value(), devices.keySet());
    }
    return found;
  }

  /// Adds a problem unless there is a master with that serial line.
  void requireSerialLine(Located<String> line) {
    PlantNames known = plant(line.where());
    if (known != null && !known.serialLines().contains(line.value())) {
      problems.unknownName(line.where(), "serial line", line.value(), known.serialLines());
    }
  }

  /// The plant, or null after the problem that there is none.
  @Nullable PlantNames plant(Node where) {
    if (plant == null) {
      problems.error(where, "this asks for a master, and there is none", whyNoPlant);
    }
    return plant;
  }
}
