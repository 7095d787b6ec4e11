package io.plantbus.master;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.alarm.AlarmBoard;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.i2c.I2cDrivers;
import io.plantbus.master.i2c.I2cLineAgent;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.image.ProcessImage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.GuardedAgent;
import io.plantbus.master.line.LineAgent;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.loop.HysteresisLoop;
import io.plantbus.master.modbus.ModbusLineAgent;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteDesk;
import io.plantbus.master.write.WriteListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The bus master over real or simulated ports.
public final class RunningMaster implements BusMaster {
  private static final long LONGEST_AGENT_STOP_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final MasterPorts ports;
  private final I2cDrivers drivers;
  private final LiveImage image;
  private final AlarmBoard alarms;
  private final AgentRunner loopRunner;
  private final WriteDesk desk;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /// Changed by whoever starts, applies or stops, one at a time.
  private final Map<String, AgentHandle> loops = new HashMap<>();

  private volatile Plant plant;
  private volatile Map<String, RunningLine> lines = Map.of();
  private volatile Map<String, WriteDesk.Target> targets = Map.of();

  private record RunningLine(LineSpec spec, LineAgent agent, AgentHandle handle, NanoClock clock) {}

  private record PreparedLine(LineSpec spec, LineAgent agent, AgentRunner runner) {
    RunningLine start() {
      return new RunningLine(spec, agent, runner.start(new GuardedAgent(agent)), runner.clock());
    }
  }

  private RunningMaster(Plant plant, MasterPorts ports, I2cDrivers drivers, WriteAudit audit) {
    this.plant = plant;
    this.ports = ports;
    this.drivers = drivers;
    this.image = new LiveImage(plant.tags());
    this.loopRunner = ports.loopRunner();
    this.alarms = new AlarmBoard(image, loopRunner.clock());
    alarms.replace(plant.tags());
    this.desk = new WriteDesk(audit);
  }

  /// Starts a master: every line is opened by its own agent, so one that cannot be opened holds up
  /// nobody. No record of writes is kept.
  ///
  /// @throws IllegalArgumentException if the plant names lines, tags or drivers that there are not;
  ///   then nothing was started
  public static BusMaster start(Plant plant, MasterPorts ports, I2cDrivers drivers) {
    return start(plant, ports, drivers, Observations.NONE, WriteAudit.NONE);
  }

  /// Starts a master that knows its devices from before and keeps a record of its writes.
  ///
  /// @param observed what [#observations()] told then
  /// @param audit told of every write until the master is stopped; not closed
  /// @throws IllegalArgumentException if the plant names lines, tags or drivers that there are not;
  ///   then nothing was started
  public static BusMaster start(
      Plant plant, MasterPorts ports, I2cDrivers drivers, Observations observed, WriteAudit audit) {
    RunningMaster master = new RunningMaster(plant, ports, drivers, audit);
    References.check(plant);
    List<PreparedLine> prepared = new ArrayList<>();
    for (LineSpec line : plant.lines()) {
      prepared.add(master.prepare(plant, line, observed));
    }
    Map<String, RunningLine> started = new HashMap<>();
    prepared.forEach(line -> started.put(line.spec().name(), line.start()));
    master.serve(plant, started);
    plant.loops().forEach(master::startLoop);
    return master;
  }

  /// Makes everything that can be wrong with a line, so that nothing runs yet if something is.
  private PreparedLine prepare(Plant owner, LineSpec line, Observations observed) {
    List<DeviceSpec> devices = owner.devicesOn(line);
    devices.forEach(this::showOutOfService);
    AgentRunner runner = ports.runner(line);
    NanoClock clock = runner.clock();
    LineAgent agent =
        switch (line.transport()) {
          case Transport.Serial _, Transport.Tcp _, Transport.Udp _ ->
              new ModbusLineAgent(
                  line, devices, ports.linkOpener(line, runner), image, observed, clock);
          case Transport.I2c _ ->
              new I2cLineAgent(line, devices, drivers, ports.i2cOpener(line), image, clock);
        };
    return new PreparedLine(line, agent, runner);
  }

  private void showOutOfService(DeviceSpec device) {
    if (!device.inService()) {
      for (TagSpec tag : device.tags()) {
        image.degraded(
            image.index(tag.name()), Quality.BAD_OUT_OF_SERVICE, "out of service by configuration");
      }
    }
  }

  /// From here on these lines are the ones.
  private void serve(Plant served, Map<String, RunningLine> running) {
    Map<String, WriteDesk.Target> found = new HashMap<>();
    for (DeviceSpec device : served.devices()) {
      RunningLine line = running.get(device.line());
      if (line != null) {
        for (TagSpec tag : device.tags()) {
          found.put(
              tag.name(),
              new WriteDesk.Target(
                  tag, device, line.agent().writes(), line.handle()::wake, line.clock()));
        }
      }
    }
    plant = served;
    lines = Map.copyOf(running);
    targets = Map.copyOf(found);
  }

  private void startLoop(LoopSpec loop) {
    switch (loop) {
      case LoopSpec.Hysteresis hysteresis ->
          loops.put(
              loop.name(),
              loopRunner.start(
                  new HysteresisLoop(
                      hysteresis,
                      References.tag(plant, hysteresis.name(), hysteresis.output()),
                      image,
                      this::follow)));
    }
  }

  @Override
  public synchronized PlantChange apply(Plant next) throws InterruptedException {
    if (stopping.get()) {
      throw new IllegalStateException("the master is stopping");
    }
    References.check(next);
    Plant former = plant;
    PlantChange change = PlantChange.between(former, next);
    Observations known = observations();
    Set<String> toClose = new HashSet<>(change.lines().removed());
    toClose.addAll(change.lines().changed());
    Set<String> toOpen = new HashSet<>(change.lines().added());
    toOpen.addAll(change.lines().changed());
    for (LineSpec line : next.lines()) {
      if (!toOpen.contains(line.name())
          && line.transport() instanceof Transport.I2c
          && !former.devicesOn(line).equals(next.devicesOn(line))) {
        toClose.add(line.name());
        toOpen.add(line.name());
      }
    }
    for (DeviceSpec device : next.devices()) {
      if (device.address() instanceof DeviceSpec.Address.I2c) {
        drivers.driver(device);
      }
    }
    stopLoops(change);
    Map<String, RunningLine> running = new HashMap<>(lines);
    close(toClose, running);
    image.replace(next.tags());
    alarms.replace(next.tags());
    for (LineSpec line : next.lines()) {
      RunningLine stays = running.get(line.name());
      if (stays == null) {
        running.put(line.name(), prepare(next, line, known).start());
      } else if (!former.devicesOn(line).equals(next.devicesOn(line))) {
        next.devicesOn(line).forEach(this::showOutOfService);
        stays.agent().replace(next.devicesOn(line));
        stays.handle().wake();
      }
    }
    serve(next, running);
    startLoops();
    return change;
  }

  private void close(Set<String> names, Map<String, RunningLine> running)
      throws InterruptedException {
    List<AgentHandle> closing = new ArrayList<>();
    for (String name : names) {
      RunningLine line = running.remove(name);
      if (line != null) {
        closing.add(line.handle());
      }
    }
    stopAll(closing);
  }

  private void stopLoops(PlantChange change) throws InterruptedException {
    List<AgentHandle> ending = new ArrayList<>();
    for (List<String> names : List.of(change.loops().removed(), change.loops().changed())) {
      for (String name : names) {
        AgentHandle loop = loops.remove(name);
        if (loop != null) {
          ending.add(loop);
        }
      }
    }
    stopAll(ending);
  }

  private void startLoops() {
    for (LoopSpec loop : plant.loops()) {
      if (!loops.containsKey(loop.name())) {
        startLoop(loop);
      }
    }
  }

  @Override
  public Plant plant() {
    return plant;
  }

  @Override
  public AlarmBoard alarms() {
    return alarms;
  }

  /// The lines in the order of the plant.
  private List<RunningLine> running() {
    Map<String, RunningLine> now = lines;
    return plant.lines().stream()
        .map(line -> now.get(line.name()))
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public ProcessImage image() {
    return image;
  }

  @Override
  public List<LineReport> lines() {
    return running().stream().map(line -> line.agent().report()).toList();
  }

  @Override
  public Observations observations() {
    Map<String, DeviceObservations> known = new HashMap<>();
    running().forEach(line -> known.putAll(line.agent().observations()));
    return new Observations(known);
  }

  @Override
  public List<LineTap> taps() {
    return running().stream().map(line -> line.agent().tap()).filter(Objects::nonNull).toList();
  }

  @Override
  public List<DeviceReport> devices() {
    Map<String, DeviceReport> byName = new HashMap<>();
    for (RunningLine line : running()) {
      for (DeviceReport report : line.agent().devices()) {
        byName.put(report.name(), report);
      }
    }
    List<DeviceReport> reports = new ArrayList<>();
    for (DeviceSpec device : plant.devices()) {
      DeviceReport report = byName.get(device.name());
      if (report != null) {
        reports.add(report);
      }
    }
    return reports;
  }

  @Override
  public long follow(WriteCommand command, WriteListener listener) {
    return stopping.get()
        ? desk.reject(command, loopRunner.clock(), "the master is stopping", listener)
        : send(command, false, listener);
  }

  private long send(WriteCommand command, boolean urgent, WriteListener listener) {
    WriteDesk.Target target = targets.get(command.tag());
    if (target == null) {
      String why = "there is no tag " + command.tag();
      return desk.reject(command, loopRunner.clock(), why, listener);
    }
    TagSample before = image.sample(command.tag(), target.clock().nanoTime());
    return desk.send(command, target, before, urgent, listener);
  }

  @Override
  public synchronized List<String> stop(long safeStateNanos) throws InterruptedException {
    if (!stopping.compareAndSet(false, true)) {
      return List.of();
    }
    stopAll(List.copyOf(loops.values()));
    for (RunningLine line : running()) {
      line.agent().writes().rejectWaiting("the master is stopping");
    }
    List<String> problems = writeSafeStates(safeStateNanos);
    stopAll(running().stream().map(RunningLine::handle).toList());
    return problems;
  }

  private List<String> writeSafeStates(long allowedNanos) throws InterruptedException {
    List<TagSpec> tags = plant.tags().stream().filter(tag -> tag.safeState() != null).toList();
    if (tags.isEmpty()) {
      return List.of();
    }
    SafeStates safeStates =
        new SafeStates(
            tags, allowedNanos, (tag, listener) -> writeSafeState(tag, allowedNanos, listener));
    loopRunner.start(safeStates).awaitStopped(allowedNanos + LONGEST_AGENT_STOP_NANOS);
    return safeStates.problems();
  }

  private void writeSafeState(TagSpec tag, long allowedNanos, WriteListener listener) {
    TagValue value = tag.safeState();
    if (value != null) {
      // Sent early enough that its outcome is known in time.
      long lives = Math.max(allowedNanos / 2, allowedNanos - responseTimeoutNanos(tag));
      send(
          new WriteCommand(tag.name(), value, "safe state", lives, Priority.SAFETY, false),
          true,
          listener);
    }
  }

  private long responseTimeoutNanos(TagSpec tag) {
    WriteDesk.Target target = targets.get(tag.name());
    for (RunningLine line : running()) {
      if (target != null && line.spec().name().equals(target.device().line())) {
        return line.spec().responseTimeoutNanos();
      }
    }
    return 0;
  }

  private static void stopAll(List<AgentHandle> handles) throws InterruptedException {
    for (AgentHandle handle : handles) {
      handle.stop();
    }
    for (AgentHandle handle : handles) {
      handle.awaitStopped(LONGEST_AGENT_STOP_NANOS);
    }
  }
}
