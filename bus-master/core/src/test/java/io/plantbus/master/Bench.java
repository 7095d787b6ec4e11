package io.plantbus.master;

import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.i2c.I2cDrivers;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.i2c.SimulatedI2cBus;
import io.plantbus.simulators.serial.SimulatedRs485;
import io.plantbus.simulators.stream.SimulatedStreamPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A master and simulated slaves on an RS-485 pair, a network and an I2C bus, all in virtual time.
final class Bench implements MasterPorts {
  static final long MS = 1_000_000;
  static final long SECOND = 1000 * MS;
  static final int PORT = 502;

  /// A request as a slave saw it.
  record Seen(long nanos, int unit, Request request) {}

  final BusSimulation simulation;
  final SimulatedRs485 pair;
  final SimulatedStreamPort network;
  final FaultPlan faults;
  final SimulatedI2cBus i2c;
  final List<Seen> seen = new ArrayList<>();
  final List<String> outcomes = new ArrayList<>();
  final Map<Integer, SlaveUnit> slaves = new HashMap<>();
  final Map<Integer, RegisterBank> banks = new HashMap<>();
  private final Map<String, I2cDriver> drivers = new HashMap<>();
  private final List<LineSpec> lines = new ArrayList<>();
  private final List<DeviceSpec> devices = new ArrayList<>();
  private final List<LoopSpec> loops = new ArrayList<>();
  private @Nullable BusMaster master;
  WriteAudit audit = WriteAudit.NONE;
  int attempts;

  /// A slave's answer to some requests, instead of executing them.
  final Map<Integer, SlaveDevice> instead = new HashMap<>();

  /// What every write is answered with instead of being executed.
  Response.@Nullable Refusal refusalOfWrites;

  /// Whether slaves acknowledge writes without doing them.
  boolean pretendsToWrite;

  /// Whether slaves never answer writes.
  boolean swallowsAnswersToWrites;

  Bench() {
    this(1);
  }

  Bench(long seed) {
    simulation = new BusSimulation(seed, Transcript.bounded(100));
    pair = new SimulatedRs485(simulation, "rs485");
    network = new SimulatedStreamPort(simulation, "net");
    faults = new FaultPlan(simulation);
    i2c = new SimulatedI2cBus(simulation, "i2c", 100_000, faults);
  }

  /// A slave with these addresses in all tables.
  RegisterBank slave(int unit, AddressRange... mapped) {
    Map<DataTable, List<AddressRange>> tables = new HashMap<>();
    for (DataTable table : DataTable.values()) {
      tables.put(table, List.of(mapped));
    }
    RegisterBank bank = new RegisterBank(tables);
    SlaveDevice device = new BankSlave(bank);
    slaves.put(
        unit,
        new SlaveUnit(
            (request, nowNanos) -> {
              seen.add(new Seen(nowNanos, unit, request));
              return request.isReadOnly()
                  ? instead.getOrDefault(unit, device).execute(request, nowNanos)
                  : written(device, request, nowNanos);
            }));
    banks.put(unit, bank);
    return bank;
  }

  private @Nullable Response written(SlaveDevice device, Request request, long nowNanos) {
    if (refusalOfWrites != null) {
      return refusalOfWrites;
    }
    Response response =
        pretendsToWrite ? Response.Written.INSTANCE : device.execute(request, nowNanos);
    return swallowsAnswersToWrites ? null : response;
  }

  void mute(int unit) {
    unit(unit).fault(new SlaveFault.Mute());
  }

  void repair(int unit) {
    unit(unit).fault(SlaveFault.NONE);
  }

  SlaveUnit unit(int unit) {
    return Objects.requireNonNull(slaves.get(unit));
  }

  private SlaveUnits units() {
    Map<UnitId, SlaveUnit> units = new HashMap<>();
    slaves.forEach((unit, slave) -> units.put(UnitId.of(unit), slave));
    return SlaveUnits.of(units).withAbsent(null);
  }

  void serveRtu() {
    serveRtu(SerialSettings.MODBUS_DEFAULT);
  }

  void serveRtu(SerialSettings settings) {
    simulation.start(
        new SerialSlaveServer("slaves", pair.opener("slaves", settings), settings, units()));
  }

  void serveTcp() {
    try {
      network.listen("localhost", PORT, 4, new TcpSlaveServer("slaves", units()));
    } catch (PortException failure) {
      throw new IllegalStateException(failure);
    }
  }

  Bench line(LineSpec line) {
    lines.add(line);
    return this;
  }

  Bench device(DeviceSpec device) {
    devices.add(device);
    return this;
  }

  Bench device(DeviceSpec device, I2cDriver driver) {
    drivers.put(device.name(), driver);
    devices.add(device);
    return this;
  }

  Bench loop(LoopSpec loop) {
    loops.add(loop);
    return this;
  }

  BusMaster start() {
    return start(Observations.NONE);
  }

  BusMaster start(Observations observed) {
    I2cDrivers made = device -> Objects.requireNonNull(drivers.get(device.name()));
    BusMaster started = RunningMaster.start(plant(), this, made, observed, audit);
    master = started;
    return started;
  }

  /// The plant as it is described by now.
  Plant plant() {
    return new Plant("bench", lines, devices, loops);
  }

  /// Describes a device anew, or another in its place.
  Bench instead(String device, DeviceSpec... others) {
    devices.removeIf(spec -> spec.name().equals(device));
    devices.addAll(List.of(others));
    return this;
  }

  /// Describes a line anew.
  Bench instead(LineSpec line) {
    lines.replaceAll(spec -> spec.name().equals(line.name()) ? line : spec);
    return this;
  }

  PlantChange apply() {
    try {
      return master().apply(plant());
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }

  BusMaster master() {
    if (master == null) {
      throw new IllegalStateException("not started");
    }
    return master;
  }

  void run(long nanos) {
    simulation.runFor(nanos);
  }

  TagSample sample(String tag) {
    TagSample sample = master().image().sample(tag, simulation.nowNanos());
    if (sample == null) {
      throw new IllegalArgumentException(tag);
    }
    return sample;
  }

  LineReport report(String line) {
    return master().lines().stream().filter(r -> r.name().equals(line)).findFirst().orElseThrow();
  }

  DeviceReport health(String device) {
    return master().devices().stream()
        .filter(r -> r.name().equals(device))
        .findFirst()
        .orElseThrow();
  }

  /// Writes, and notes the answer down with its time in ms.
  long write(WriteCommand command) {
    return master()
        .write(
            command,
            outcome ->
                outcomes.add(simulation.nowNanos() / MS + " " + command.tag() + " " + outcome));
  }

  /// Writes, and keeps every step.
  List<WriteStep> follow(WriteCommand command) {
    List<WriteStep> steps = new ArrayList<>();
    master().follow(command, (_, step) -> steps.add(step));
    return steps;
  }

  List<Seen> seen(int unit) {
    return seen.stream().filter(one -> one.unit() == unit).toList();
  }

  @Override
  public AgentRunner runner(LineSpec line) {
    return simulation;
  }

  @Override
  public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
    LinkOpener opener = opener(line, runner);
    return () -> {
      attempts++;
      return opener.open();
    };
  }

  private LinkOpener opener(LineSpec line, AgentRunner runner) {
    return switch (line.transport()) {
      case Transport.Serial serial -> pair.opener("master", serial.settings());
      case Transport.Tcp tcp ->
          network.opener(runner, tcp.host(), tcp.port(), tcp.connectTimeoutNanos());
      case Transport.Udp _, Transport.I2c _ -> throw new IllegalArgumentException(line.name());
    };
  }

  @Override
  public I2cOpener i2cOpener(LineSpec line) {
    return i2c;
  }

  @Override
  public AgentRunner loopRunner() {
    return simulation;
  }
}
