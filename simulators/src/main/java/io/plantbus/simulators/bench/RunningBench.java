package io.plantbus.simulators.bench;

import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.devices.slave.UdpSlaveServer;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.AsciiServerSettings;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.simulators.PacedSimulation;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.fault.LineFaults;
import io.plantbus.simulators.fault.LineFaults.Framing;
import io.plantbus.simulators.i2c.SimulatedI2cBus;
import io.plantbus.simulators.process.ProcessModel;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.serial.SimulatedRs485;
import io.plantbus.simulators.serial.WireBridge;
import io.plantbus.simulators.serial.WireFaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bench that is being served: the same in virtual and in real time. Safe for use by any thread
/// once started, except that in virtual time everything belongs to the simulation's thread.
///
/// Threads in real time: each serial line has its server's, TCP and UDP have their port's, an I2C
/// bus is used on its master's, the physics has its own. Banks and chips guard themselves.
public final class RunningBench implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunningBench.class);
  private static final long HALF_REQUEST_NANOS = 10_000_000_000L;
  private static final long STOP_NANOS = 2_000_000_000L;

  private final Surroundings surroundings;
  private final BenchPorts ports;
  private final FaultPlan faults;
  private final UnitWiring wiring;
  private final Map<String, SimulatedSlave> slaves = new LinkedHashMap<>();
  private final Map<String, SimulatedI2cBus> buses = new LinkedHashMap<>();
  private final Map<String, StreamListener> listeners = new LinkedHashMap<>();
  private final Map<String, DatagramListener> sockets = new LinkedHashMap<>();
  private final HeldValues held = new HeldValues(slaves);
  private final List<AgentHandle> agents = new ArrayList<>();
  private final List<PacedSimulation> paced = new ArrayList<>();
  private @Nullable ProcessModel process;

  private RunningBench(
      Surroundings surroundings, BenchPorts ports, @Nullable RequestWatcher watcher) {
    this.surroundings = surroundings;
    this.ports = ports;
    this.faults = new FaultPlan(surroundings);
    this.wiring = new UnitWiring(slaves, surroundings, watcher);
  }

  /// Serves a bench. Times of its faults count from now.
  ///
  /// @throws PortException if an endpoint cannot be listened on or secured; nothing is served then
  /// @throws IllegalArgumentException if the bench refers to what does not exist
  public static RunningBench start(Bench bench, Surroundings surroundings, BenchPorts ports)
      throws PortException {
    return start(bench, surroundings, ports, null);
  }

  /// The same with somebody who looks on.
  ///
  /// @param watcher told what the Modbus slaves execute; null for nobody
  public static RunningBench start(
      Bench bench, Surroundings surroundings, BenchPorts ports, @Nullable RequestWatcher watcher)
      throws PortException {
    RunningBench running = new RunningBench(surroundings, ports, watcher);
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

  /// The tables of a Modbus slave, or null; hold the slave's monitor to touch its bank.
  public @Nullable BankSlave tables(String name) {
    return slaves.get(name) instanceof BankedSlave slave ? slave.bank() : null;
  }

  /// The physics behind the slaves, whose pins can be read and set; null if the bench has none.
  public @Nullable ProcessModel process() {
    return process;
  }

  /// Values that slaves show whatever is measured there.
  public HeldValues held() {
    return held;
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

  /// The port that a UDP line listens on.
  ///
  /// @throws IllegalArgumentException if there is no such line
  public int udpPort(String line) {
    DatagramListener socket = sockets.get(line);
    if (socket == null) {
      throw new IllegalArgumentException("the bench has no UDP line '" + line + "'");
    }
    return socket.port();
  }

  /// Stops serving; waits for that up to 2 s.
  @Override
  public void close() {
    listeners.values().forEach(StreamListener::close);
    sockets.values().forEach(DatagramListener::close);
    agents.forEach(AgentHandle::stop);
    try {
      for (AgentHandle agent : agents) {
        agent.awaitStopped(STOP_NANOS);
      }
      paced.forEach(PacedSimulation::close);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void requirePossible(Bench bench) throws PortException {
    for (Fault fault : bench.faults()) {
      if (fault.kind() == FaultKind.REFUSE && !ports.canRefuse()) {
        throw bench
            .origins()
            .tell(
                fault.target(),
                "",
                new PortException(
                    PortFault.UNSUPPORTED_SETTINGS,
                    "a real port cannot refuse connections for a time: have the fault of "
                        + fault.target()
                        + " be reset or black-hole, or run the bench in virtual time"));
      }
    }
  }

  private void serve(Bench bench) throws PortException {
    requirePossible(bench);
    for (BenchLine line : bench.lines()) {
      switch (line) {
        case BenchLine.Serial serial -> serveSerial(serial);
        case BenchLine.Tcp tcp -> serveTcp(tcp, bench.origins());
        case BenchLine.Udp udp -> serveUdp(udp, bench.origins());
        case BenchLine.I2c i2c -> solder(i2c);
      }
    }
    bench.faults().forEach(faults::add);
    tellOfWiresWithoutFaults(bench);
    if (!bench.process().isEmpty()) {
      ProcessModel wired = new ProcessWiring(held.guarded(), surroundings).wire(bench.process());
      process = wired;
      agents.add(ports.processRunner().start(wired));
    }
  }

  private void tellOfWiresWithoutFaults(Bench bench) {
    for (Fault fault : bench.faults()) {
      for (BenchLine line : bench.lines()) {
        boolean isHit =
            line.name().equals(fault.target()) || line.slaves().contains(fault.target());
        if (isHit
            && fault.kind().isOfPair()
            && line instanceof BenchLine.Serial serial
            && serial.wire() == BenchLine.Wire.PLAIN
            && ports.pair(serial) == null) {
          LOGGER
              .atWarn()
              .addKeyValue("line", line.name())
              .addKeyValue("fault", fault.kind())
              .log("a fault of the wire has no effect: write wire: paced");
        }
      }
    }
  }

  private void serveSerial(BenchLine.Serial line) {
    Framing framing =
        switch (line.framing()) {
          case RTU -> Framing.RTU;
          case ASCII -> Framing.ASCII;
        };
    LineFaults lineFaults = lineFaults(line.name(), framing, line.units());
    SimulatedPair pair = ports.pair(line);
    if (pair == null && line.wire() == BenchLine.Wire.PACED) {
      servePaced(line, lineFaults);
      return;
    }
    AgentRunner runner = ports.serialRunner(line);
    if (pair != null) {
      agents.add(runner.start(wireFaults(line, pair, lineFaults)));
    }
    agents.add(runner.start(server(line, ports.serial(line), lineFaults)));
  }

  /// The endpoint is one station of a simulated pair in real time, the slaves are another.
  private void servePaced(BenchLine.Serial line, LineFaults lineFaults) {
    PacedSimulation simulation =
        new PacedSimulation(line.name(), surroundings, failure -> failed(line.name(), failure));
    paced.add(simulation);
    SimulatedRs485 wire = new SimulatedRs485(simulation.simulation(), line.name());
    SimulatedPair pair = new SimulatedPair(simulation.simulation(), wire);
    agents.add(simulation.start(wireFaults(line, pair, lineFaults)));
    LinkOpener slavesEnd = wire.opener(VirtualPorts.SLAVES, line.settings());
    agents.add(simulation.start(server(line, slavesEnd, lineFaults)));
    LinkOpener station = wire.opener("port", line.settings());
    agents.add(
        simulation.start(new WireBridge(line.name() + " port", ports.serial(line), station)));
    simulation.begin();
  }

  private WireFaults wireFaults(BenchLine.Serial line, SimulatedPair pair, LineFaults lineFaults) {
    WireFaults wire =
        new WireFaults(
            pair.simulation(),
            pair.wire(),
            VirtualPorts.SLAVES,
            line.settings(),
            line.framing(),
            unitNames(line.units()),
            faults);
    lineFaults.on(wire);
    return wire;
  }

  private Agent server(BenchLine.Serial line, LinkOpener opener, LineFaults lineFaults) {
    SlaveUnits units = wiring.wire(line.name(), line.units(), lineFaults);
    return lineFaults.serve(opener, at -> server(line, at, units));
  }

  private static void failed(String line, Throwable failure) {
    LOGGER.atError().addKeyValue("line", line).setCause(failure).log("simulated line failed");
  }

  private static Agent server(BenchLine.Serial line, LinkOpener opener, SlaveUnits units) {
    SerialSettings settings = line.settings();
    RtuTiming timing = new RtuTiming(settings.baud(), settings.bitsPerCharacter());
    ServerServices services = UnitWiring.services(line.units());
    return switch (line.framing()) {
      case RTU ->
          new SerialSlaveServer(
              line.name(),
              opener,
              RtuServerSettings.of(timing, units::serves)
                  .withGapNanos(line.strictGaps() ? timing.interCharacterNanos() : 0),
              services,
              units);
      case ASCII ->
          new SerialSlaveServer(
              line.name(),
              opener,
              AsciiServerSettings.of(timing.characterNanos(), units::serves),
              services,
              units);
    };
  }

  private void serveTcp(BenchLine.Tcp line, Origins origins) throws PortException {
    Framing framing =
        switch (line.framing()) {
          case MBAP -> Framing.MBAP;
          case RTU -> Framing.RTU;
          case ASCII -> Framing.ASCII;
        };
    LineFaults lineFaults = lineFaults(line.name(), framing, line.units());
    TcpSlaveServer server =
        new TcpSlaveServer(
            line.name(),
            wiring.wire(line.name(), line.units(), lineFaults),
            line.framing(),
            HALF_REQUEST_NANOS,
            UnitWiring.services(line.units()));
    StreamPort port;
    try {
      port = ports.streams(line.tls());
    } catch (PortException unusable) {
      throw origins.tell(line.name(), "tls", unusable);
    }
    Listening at = line.listening();
    try {
      StreamListener listener =
          port.listen(at.host(), at.port(), at.settings(), lineFaults.over(server));
      listeners.put(line.name(), listener);
      ports.listens(line.name(), listener.port(), faults);
    } catch (PortException taken) {
      throw origins.tell(line.name(), keyOf(taken), taken);
    }
  }

  private void serveUdp(BenchLine.Udp line, Origins origins) throws PortException {
    LineFaults lineFaults = lineFaults(line.name(), Framing.MBAP, line.units());
    UdpSlaveServer server =
        new UdpSlaveServer(
            line.name(),
            wiring.wire(line.name(), line.units(), lineFaults),
            UnitWiring.services(line.units()));
    Listening at = line.listening();
    try {
      sockets.put(
          line.name(),
          ports
              .datagrams()
              .listen(at.host(), at.port(), at.settings(), lineFaults.overDatagrams(server)));
    } catch (PortException taken) {
      throw origins.tell(line.name(), keyOf(taken), taken);
    }
  }

  private static String keyOf(PortException failure) {
    return switch (failure.fault()) {
      case BUSY, PERMISSION_DENIED -> "port";
      case MISSING,
          UNSUPPORTED_SETTINGS,
          UNKNOWN_HOST,
          REFUSED,
          UNTRUSTED,
          UNREACHABLE,
          LOST,
          CLOSED,
          FAILED ->
          "host";
    };
  }

  private void solder(BenchLine.I2c line) {
    SimulatedI2cBus bus = new SimulatedI2cBus(surroundings, line.name(), line.clockHertz(), faults);
    for (BenchLine.Target target : line.targets()) {
      ChipSlave slave = new ChipSlave(target.name(), target.address(), target.profile());
      UnitWiring.initialise(slave, target.initial());
      slave.keepInitial();
      bus.attach(target.address(), target.name(), ports.soldered(target.name(), slave.target()));
      slaves.put(target.name(), slave);
    }
    buses.put(line.name(), bus);
  }

  private LineFaults lineFaults(String line, Framing framing, List<BenchLine.Unit> units) {
    return new LineFaults(faults, surroundings, line, framing, unitNames(units));
  }

  private static Map<Integer, String> unitNames(List<BenchLine.Unit> units) {
    Map<Integer, String> names = new HashMap<>();
    units.forEach(unit -> names.put(unit.unit().value(), unit.name()));
    return names;
  }
}
