package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.fault.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What other parts of a bench file, and scenarios, may refer to in a bench.
public final class BenchNames {
  /// Faults of the connections of a whole TCP line.
  private static final Set<FaultKind> OF_CONNECTIONS =
      EnumSet.of(
          FaultKind.HALF_OPEN, FaultKind.BLACK_HOLE, FaultKind.SLOW_READER, FaultKind.REFUSE);

  private final Problems problems;
  private final Map<String, BenchLine> lines = new LinkedHashMap<>();
  private final List<String> targets = new ArrayList<>();
  private final Set<String> onSerialLines = new HashSet<>();
  private final Map<String, @Nullable DeviceProfile> slaves = new LinkedHashMap<>();

  /// @param lines of the bench
  /// @param problems takes what is not there
  public BenchNames(List<BenchLine> lines, Problems problems) {
    this.problems = problems;
    for (BenchLine line : lines) {
      targets.add(line.name());
      targets.addAll(line.slaves());
      this.lines.put(line.name(), line);
      line.slaves().forEach(slave -> this.lines.put(slave, line));
      switch (line) {
        case BenchLine.Serial serial -> {
          serial.units().forEach(this::add);
          onSerialLines.add(serial.name());
          onSerialLines.addAll(serial.slaves());
        }
        case BenchLine.Tcp tcp -> tcp.units().forEach(this::add);
        case BenchLine.Udp udp -> udp.units().forEach(this::add);
        case BenchLine.I2c i2c ->
            i2c.targets().forEach(target -> slaves.put(target.name(), target.profile()));
      }
    }
  }

  private void add(BenchLine.Unit unit) {
    slaves.put(
        unit.name(),
        switch (unit.content()) {
          case BenchLine.Content.Profile(var profile, _) -> profile;
          case BenchLine.Content.Tables _, BenchLine.Content.Replay _ -> null;
        });
  }

  Problems problems() {
    return problems;
  }

  /// Adds a problem unless this is a slave or a line.
  public void requireTarget(Located<String> target) {
    if (!targets.contains(target.value())) {
      problems.unknownName(target.where(), "slave or line", target.value(), targets);
    }
  }

  /// Adds a problem unless this is a slave or a line that a fault of that kind can hit.
  public void requireTarget(Located<String> target, FaultKind kind) {
    if (!targets.contains(target.value())) {
      requireTarget(target);
    } else if (kind.isOfPair() && !onSerialLines.contains(target.value())) {
      problems.error(
          target.where(),
          "'" + FaultText.word(kind) + "' is a fault of a serial line's wire",
          "name a serial line, or a slave on one");
    } else if ((kind == FaultKind.NOISE || kind == FaultKind.NO_BIAS)
        && slaves.containsKey(target.value())) {
      problems.error(
          target.where(),
          "'" + FaultText.word(kind) + "' befalls a whole line",
          "name its line instead");
    }
  }

  /// Adds a problem if a fault cannot be brought about at its target.
  public void requirePossible(Located<String> target, FaultKind kind) {
    BenchLine line = lines.get(target.value());
    if (line == null) {
      return;
    }
    boolean isTcp = line instanceof BenchLine.Tcp;
    boolean isTcpLine = isTcp && line.name().equals(target.value());
    String which = ", which '" + target.value() + "' is not";
    if (OF_CONNECTIONS.contains(kind) && !isTcpLine) {
      problems.error(
          target.where(),
          "this fault befalls the connections of a TCP line" + which,
          "name a TCP line");
    } else if (kind == FaultKind.RESET && !isTcpLine && !(line instanceof BenchLine.I2c)) {
      problems.error(
          target.where(),
          "a reset befalls a TCP line, an I2C bus or a target on one" + which,
          "name one of those");
    } else if (kind == FaultKind.SPLIT && !isTcp) {
      problems.error(
          target.where(),
          "answers are split on a TCP line or by a slave on one" + which,
          "name one of those");
    }
  }

  /// The resource at a place that was found.
  public @Nullable DeviceResource resource(Place place) {
    DeviceProfile profile = slaves.get(place.slave());
    return profile == null ? null : profile.resource(place.resource());
  }

  /// The place that `slave.resource` names, or null after a problem.
  public @Nullable Place place(Located<String> written) {
    for (Map.Entry<String, @Nullable DeviceProfile> slave : slaves.entrySet()) {
      String prefix = slave.getKey() + ".";
      DeviceProfile profile = slave.getValue();
      if (written.value().startsWith(prefix) && profile == null) {
        problems.error(
            written.where(),
            slave.getKey() + " has raw tables, whose values have no names",
            "give it a profile in the bench file, or name another slave");
        return null;
      }
      if (written.value().startsWith(prefix) && profile != null) {
        return place(written, slave.getKey(), written.value().substring(prefix.length()), profile);
      }
    }
    problems.unknownName(
        written.where(), "slave", written.value().split("\\.", 2)[0], slaves.keySet());
    return null;
  }

  private @Nullable Place place(
      Located<String> written, String slave, String resource, DeviceProfile profile) {
    if (profile.resource(resource) == null) {
      problems.unknownName(
          written.where(),
          "resource",
          resource,
          profile.resources().stream().map(DeviceResource::name).toList());
      return null;
    }
    return new Place(slave, resource);
  }
}
