package io.plantbus.simulators.bench;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamListener;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.fault.LineFaults;
import io.plantbus.simulators.fault.LineFaults.Framing;
import io.plantbus.simulators.i2c.SimulatedI2cBus;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bench that is being served: the same in virtual and in real time. Safe for use by any thread
/// once started, except that in virtual time everything belongs to the simulation's thread.
///
/// Threads in real time: each serial line has its server's, TCP connections have the stream port's,
/// an I2C bus is used on its master's, the physics has its own. Banks and chips guard themselves.
public final class RunningBench implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;
  private static final long STOP_NANOS = 2_000_000_000L;

  private final Surroundings surroundings;
  private final BenchPorts ports;
  private final FaultPlan faults;
  private final Map<String, SimulatedSlave> slaves = new LinkedHashMap<>();
  private final Map<String, SimulatedI2cBus> buses = new LinkedHashMap<>();
  private final Map<String, StreamListener> listeners = new LinkedHashMap<>();
  private final List<AgentHandle> agents = new ArrayList<>();

  private RunningBench(Surroundings surroundings, BenchPorts ports) {
    this.surroundings = surroundings;
    this.ports = ports;
    this.faults = new FaultPlan(surroundings);
  }

  /// Serves a bench. Times of its faults count from now.
  ///
  /// @throws PortException if a TCP endpoint cannot be listened on; nothing is served then
  /// @throws IllegalArgumentException if the bench refers to what does not exist
  public static RunningBench start(Bench bench, Surroundings surroundings, BenchPorts ports)
      throws PortException {
    RunningBench running = new RunningBench(surroundings, ports);
    try {
      running.serve(bench);
    } catch (PortException | RuntimeException failure) {
      running.close();
      throw failure;
    }
    return running;
  }

  /// Faults that can be added and taken away while the bench runs, by names of slaves and lines.
  public FaultPlan faults() {
    return faults;
  }

  /// A slave by name, or null.
  public @Nullable SimulatedSlave slave(String name) {
    return slaves.get(name);
  }

  /// The bus of an I2C line, for its master to open.
  ///
  /// @throws IllegalArgumentException if there is no such line
  public SimulatedI2cBus i2c(String line) {
    SimulatedI2cBus bus = buses.get(line);
    if (bus == null) {
      throw new IllegalArgumentException("the bench has no I2C line '" + line + "'");
    }
    return bus;
  }

  /// The port that a TCP line listens on.
  ///
  /// @throws IllegalArgumentException if there is no such line
  public int tcpPort(String line) {
    StreamListener listener = listeners.get(line);
    if (listener == null) {
      throw new IllegalArgumentException("the bench has no TCP line '" + line + "'");
    }
    return listener.port();
  }

  /// Stops serving; waits for that up to 2 s.
  @Override
  public void close() {
    listeners.values().forEach(StreamListener::close);
    agents.forEach(AgentHandle::stop);
    try {
      for (AgentHandle agent : agents) {
        agent.awaitStopped(STOP_NANOS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Bench bench) throws PortException {
    for (BenchLine line : bench.lines()) {
      switch (line) {
        case BenchLine.Serial serial -> serveSerial(serial);
        case BenchLine.Tcp tcp -> serveTcp(tcp);
        case BenchLine.I2c i2c -> solder(i2c);
      }
    }
    bench.faults().forEach(faults::add);
    if (!bench.process().isEmpty()) {
      Agent process = new ProcessWiring(slaves, surroundings).wire(bench.process());
      agents.add(ports.processRunner().start(process));
    }
  }

  private void serveSerial(BenchLine.Serial line) {
    Framing framing =
        switch (line.framing()) {
          case RTU -> Framing.RTU;
          case ASCII -> Framing.ASCII;
        };
    LineFaults lineFaults = lineFaults(line.name(), framing, line.units());
    SlaveUnits units = units(line.units(), lineFaults);
    Agent server =
        lineFaults.serve(
            ports.serial(line),
            opener ->
                new SerialSlaveServer(line.name(), opener, line.settings(), line.framing(), units));
    agents.add(ports.serialRunner(line).start(server));
  }

  private void serveTcp(BenchLine.Tcp line) throws PortException {
    Framing framing =
        switch (line.framing()) {
          case MBAP -> Framing.MBAP;
          case RTU -> Framing.RTU;
          case ASCII -> Framing.ASCII;
        };
    LineFaults lineFaults = lineFaults(line.name(), framing, line.units());
    TcpSlaveServer server =
        new TcpSlaveServer(line.name(), units(line.units(), lineFaults), line.framing());
    listeners.put(
        line.name(),
        ports
            .streams()
            .listen(line.host(), line.port(), MOST_CONNECTIONS, lineFaults.over(server)));
  }

  private void solder(BenchLine.I2c line) {
    SimulatedI2cBus bus = new SimulatedI2cBus(surroundings, line.name(), line.clockHertz(), faults);
    for (BenchLine.Target target : line.targets()) {
      ChipSlave slave = new ChipSlave(target.name(), target.address(), target.profile());
      initialise(slave, target.initial());
      bus.attach(target.address(), target.name(), slave.target());
      slaves.put(target.name(), slave);
    }
    buses.put(line.name(), bus);
  }

  private LineFaults lineFaults(String line, Framing framing, List<BenchLine.Unit> units) {
    Map<Integer, String> names = new HashMap<>();
    units.forEach(unit -> names.put(unit.unit().value(), unit.name()));
    return new LineFaults(faults, surroundings, line, framing, names);
  }

  private SlaveUnits units(List<BenchLine.Unit> units, LineFaults lineFaults) {
    Map<UnitId, SlaveUnit> served = new LinkedHashMap<>();
    for (BenchLine.Unit unit : units) {
      BankSlave bank = bank(unit);
      served.put(unit.unit(), new SlaveUnit(lineFaults.plug(unit.name(), bank), unit.delayNanos()));
    }
    return SlaveUnits.of(served);
  }

  private BankSlave bank(BenchLine.Unit unit) {
    BankSlave bank;
    BankedSlave slave;
    switch (unit.content()) {
      case BenchLine.Content.Profile(var profile, var initial) -> {
        bank = BankSlave.of(profile);
        slave = new BankedSlave(unit.name(), profile, bank);
        initialise(slave, initial);
      }
      case BenchLine.Content.Tables(var tables) -> {
        bank = new BankSlave(BankLayout.of(tables));
        slave = new BankedSlave(unit.name(), null, bank);
      }
    }
    slaves.put(unit.name(), slave);
    return bank;
  }

  private static void initialise(SimulatedSlave slave, Map<String, TagValue> initial) {
    initial.forEach(
        (resource, value) -> {
          if (!slave.set(resource, value)) {
            throw new IllegalArgumentException(
                value + " does not fit " + slave.name() + "." + resource);
          }
        });
  }
}
