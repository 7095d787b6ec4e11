package io.plantbus.simulators.bench;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SlaveBehaviour;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.hal.NanoClock;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.LineFaults;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.twin.TwinClock;
import io.plantbus.simulators.twin.TwinSlave;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Makes Modbus slaves of their description.
final class UnitWiring {
  private final Map<String, SimulatedSlave> slaves;
  private final Surroundings surroundings;
  private final @Nullable RequestWatcher watcher;
  private final TwinClock twins = new TwinClock();

  /// @param slaves takes the slaves by name
  /// @param watcher told what they execute; null for nobody
  UnitWiring(
      Map<String, SimulatedSlave> slaves,
      Surroundings surroundings,
      @Nullable RequestWatcher watcher) {
    this.slaves = slaves;
    this.surroundings = surroundings;
    this.watcher = watcher;
  }

  /// The slaves of a line.
  SlaveUnits wire(String line, List<BenchLine.Unit> units, LineFaults lineFaults) {
    Map<UnitId, SlaveUnit> served = new LinkedHashMap<>();
    for (BenchLine.Unit unit : units) {
      SlaveDevice device = watched(line, unit.name(), device(unit));
      served.put(unit.unit(), new SlaveUnit(lineFaults.plug(unit.name(), device), delay(unit)));
    }
    return SlaveUnits.of(served);
  }

  /// A slave that somebody looks at; it lives by the time of the surroundings, whatever time its
  /// server is stepped by.
  private SlaveDevice watched(String line, String name, SlaveDevice device) {
    RequestWatcher told = watcher;
    if (told == null) {
      return device;
    }
    NanoClock clock = surroundings.clock();
    return (request, _) -> {
      synchronized (device) {
        Response response = device.execute(request, clock.nanoTime());
        told.executed(line, name, request, response);
        return response;
      }
    };
  }

  private LongSupplier delay(BenchLine.Unit unit) {
    if (unit.delayNanos() == 0
        && unit.content() instanceof BenchLine.Content.Replay(var recording, _)) {
      return recording.turnaround().draws(surroundings.random("turnaround/" + unit.name()));
    }
    return unit::delayNanos;
  }

  private SlaveDevice device(BenchLine.Unit unit) {
    if (unit.content() instanceof BenchLine.Content.Replay(var recording, var loop)) {
      TwinSlave twin =
          new TwinSlave(recording, loop, twins, unit.services().addTo(new SlaveServices()));
      slaves.put(unit.name(), new BankedSlave(unit.name(), null, twin.bank()));
      return twin;
    }
    return bank(unit);
  }

  private BankSlave bank(BenchLine.Unit unit) {
    BankSlave bank;
    BankedSlave slave;
    switch (unit.content()) {
      case BenchLine.Content.Profile(var profile, var initial) -> {
        bank =
            new BankSlave(
                BankLayout.of(profile),
                SlaveBehaviour.STILL,
                unit.services().addTo(SlaveServices.of(profile)));
        slave = new BankedSlave(unit.name(), profile, bank);
        initialise(slave, initial);
        slave.keepInitial();
      }
      case BenchLine.Content.Tables(var tables) -> {
        bank =
            new BankSlave(
                BankLayout.of(tables),
                SlaveBehaviour.STILL,
                unit.services().addTo(new SlaveServices()));
        slave = new BankedSlave(unit.name(), null, bank);
      }
      case BenchLine.Content.Replay _ ->
          throw new IllegalArgumentException(unit.name() + " is played back");
    }
    slaves.put(unit.name(), slave);
    return bank;
  }

  static void initialise(SimulatedSlave slave, Map<String, TagValue> initial) {
    initial.forEach(
        (resource, value) -> {
          if (!slave.set(resource, value)) {
            throw new IllegalArgumentException(
                value + " does not fit " + slave.name() + "." + resource);
          }
        });
  }

  /// What the server of a line must know of its slaves.
  static ServerServices services(List<BenchLine.Unit> units) {
    Map<Integer, UserFunction> known = new LinkedHashMap<>();
    for (BenchLine.Unit unit : units) {
      unit.services().functions().forEach(one -> known.putIfAbsent(one.code(), one.known()));
    }
    return ServerServices.of(new LineDiagnostics())
        .withFunctions(UserFunctions.of(known.values().toArray(UserFunction[]::new)));
  }

  /// On a line a function code has requests of one length, for frames are told apart by it.
  ///
  /// @throws IllegalArgumentException if units of a line disagree
  static void requireSameFunctions(List<BenchLine.Unit> units) {
    Map<Integer, Integer> lengths = new LinkedHashMap<>();
    for (BenchLine.Unit unit : units) {
      for (UnitServices.FixedFunction function : unit.services().functions()) {
        Integer other = lengths.putIfAbsent(function.code(), function.requestBytes());
        if (other != null && other != function.requestBytes()) {
          throw new IllegalArgumentException(
              "requests of function %d are longer for one unit than for another: write the same"
                      .formatted(function.code())
                  + " 'request' for all units of a line");
        }
      }
    }
  }
}
