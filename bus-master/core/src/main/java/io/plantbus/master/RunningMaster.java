package io.plantbus.master;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.i2c.I2cDrivers;
import io.plantbus.master.i2c.I2cLineAgent;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.image.ProcessImage;
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
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WritePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The bus master over real or simulated ports.
public final class RunningMaster implements BusMaster {
  private static final long LONGEST_AGENT_STOP_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Plant plant;
  private final LiveImage image;
  private final AgentRunner loopRunner;
  private final List<RunningLine> lines = new ArrayList<>();
  private final List<AgentHandle> loops = new ArrayList<>();
  private final Map<String, Target> targets = new HashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  private record RunningLine(LineSpec spec, LineAgent agent, AgentHandle handle, NanoClock clock) {}

  private record Target(TagSpec tag, DeviceSpec device, RunningLine line) {}

  private RunningMaster(Plant plant, AgentRunner loopRunner) {
    this.plant = plant;
    this.image = new LiveImage(plant.tags());
    this.loopRunner = loopRunner;
  }

  /// Starts a master: every line is opened by its own agent, so one that cannot be opened holds up
  /// nobody.
  ///
  /// @throws IllegalArgumentException if the plant names lines, tags or drivers that there are not;
  ///   then nothing was started
  public static BusMaster start(Plant plant, MasterPorts ports, I2cDrivers drivers) {
    return start(plant, ports, drivers, Observations.NONE);
  }

  /// Starts a master that knows its devices from before.
  ///
  /// @param observed what [#observations()] told then
  /// @throws IllegalArgumentException if the plant names lines, tags or drivers that there are not;
  ///   then nothing was started
  public static BusMaster start(
      Plant plant, MasterPorts ports, I2cDrivers drivers, Observations observed) {
    RunningMaster master = new RunningMaster(plant, ports.loopRunner());
    master.checkReferences();
    List<Runnable> starts = new ArrayList<>();
    for (LineSpec line : plant.lines()) {
      starts.add(master.prepareLine(line, ports, drivers, observed));
    }
    starts.forEach(Runnable::run);
    for (LoopSpec loop : plant.loops()) {
      master.startLoop(loop);
    }
    return master;
  }

  private void checkReferences() {
    for (DeviceSpec device : plant.devices()) {
      if (plant.lines().stream().noneMatch(line -> line.name().equals(device.line()))) {
        throw new IllegalArgumentException(
            "device " + device.name() + " is on line " + device.line() + ", which there is not");
      }
    }
    for (LoopSpec loop : plant.loops()) {
      switch (loop) {
        case LoopSpec.Hysteresis hysteresis -> {
          tag(hysteresis.name(), hysteresis.measured());
          tag(hysteresis.name(), hysteresis.output());
        }
      }
    }
  }

  private TagSpec tag(String loop, String name) {
    TagSpec tag = plant.tag(name);
    if (tag == null) {
      throw new IllegalArgumentException(
          "loop " + loop + " works on tag " + name + ", which there is not");
    }
    return tag;
  }

  /// Makes everything that can be wrong with a line, so that nothing runs yet if something is.
  ///
  /// @return what starts it
  private Runnable prepareLine(
      LineSpec line, MasterPorts ports, I2cDrivers drivers, Observations observed) {
    List<DeviceSpec> devices = plant.devicesOn(line);
    for (DeviceSpec device : devices) {
      if (!device.inService()) {
        for (TagSpec tag : device.tags()) {
          image.degraded(
              image.index(tag.name()),
              Quality.BAD_OUT_OF_SERVICE,
              "out of service by configuration");
        }
      }
    }
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
    return () -> startLine(line, devices, agent, runner);
  }

  private void startLine(
      LineSpec line, List<DeviceSpec> devices, LineAgent agent, AgentRunner runner) {
    AgentHandle handle = runner.start(new GuardedAgent(agent));
    RunningLine running = new RunningLine(line, agent, handle, runner.clock());
    lines.add(running);
    for (DeviceSpec device : devices) {
      for (TagSpec tag : device.tags()) {
        targets.put(tag.name(), new Target(tag, device, running));
      }
    }
  }

  private void startLoop(LoopSpec loop) {
    switch (loop) {
      case LoopSpec.Hysteresis hysteresis ->
          loops.add(
              loopRunner.start(
                  new HysteresisLoop(
                      hysteresis,
                      tag(hysteresis.name(), hysteresis.output()),
                      image,
                      this::write)));
    }
  }

  @Override
  public Plant plant() {
    return plant;
  }

  @Override
  public ProcessImage image() {
    return image;
  }

  @Override
  public List<LineReport> lines() {
    return lines.stream().map(line -> line.agent().report()).toList();
  }

  @Override
  public Observations observations() {
    Map<String, DeviceObservations> known = new HashMap<>();
    lines.forEach(line -> known.putAll(line.agent().observations()));
    return new Observations(known);
  }

  @Override
  public List<LineTap> taps() {
    return lines.stream().map(line -> line.agent().tap()).filter(Objects::nonNull).toList();
  }

  @Override
  public List<DeviceReport> devices() {
    Map<String, DeviceReport> byName = new HashMap<>();
    for (RunningLine line : lines) {
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
  public void write(WriteCommand command, Consumer<WriteOutcome> outcome) {
    Target target = targets.get(command.tag());
    if (stopping.get()) {
      outcome.accept(new WriteOutcome.Rejected("the master is stopping"));
    } else if (target == null) {
      outcome.accept(new WriteOutcome.Rejected("there is no tag " + command.tag()));
    } else {
      send(target, command.value(), command.timeToLiveNanos(), false, outcome);
    }
  }

  private static void send(
      Target target,
      TagValue value,
      long timeToLiveNanos,
      boolean urgent,
      Consumer<WriteOutcome> outcome) {
    DeviceSpec device = target.device();
    if (!device.inService()) {
      outcome.accept(new WriteOutcome.Rejected("device " + device.name() + " is out of service"));
      return;
    }
    switch (WritePlan.of(target.tag(), value, device.profile().limits())) {
      case WritePlan.Impossible(String reason) -> outcome.accept(new WriteOutcome.Rejected(reason));
      case WritePlan.Ready(var request) -> {
        RunningLine line = target.line();
        long expires = line.clock().nanoTime() + timeToLiveNanos;
        line.agent()
            .writes()
            .offer(
                new PendingWrite(
                    target.tag(), device.name(), value, request, expires, urgent, outcome));
        line.handle().wake();
      }
    }
  }

  @Override
  public List<String> stop(long safeStateNanos) throws InterruptedException {
    if (!stopping.compareAndSet(false, true)) {
      return List.of();
    }
    stopAll(loops);
    for (RunningLine line : lines) {
      line.agent().writes().rejectWaiting("the master is stopping");
    }
    List<String> problems = writeSafeStates(safeStateNanos);
    stopAll(lines.stream().map(RunningLine::handle).toList());
    return problems;
  }

  private List<String> writeSafeStates(long allowedNanos) throws InterruptedException {
    List<TagSpec> tags = plant.tags().stream().filter(tag -> tag.safeState() != null).toList();
    if (tags.isEmpty()) {
      return List.of();
    }
    SafeStates safeStates =
        new SafeStates(
            tags, allowedNanos, (tag, outcome) -> writeSafeState(tag, allowedNanos, outcome));
    loopRunner.start(safeStates).awaitStopped(allowedNanos + LONGEST_AGENT_STOP_NANOS);
    return safeStates.problems();
  }

  private void writeSafeState(TagSpec tag, long allowedNanos, Consumer<WriteOutcome> outcome) {
    @Nullable Target target = targets.get(tag.name());
    TagValue value = tag.safeState();
    if (target != null && value != null) {
      // Sent early enough that its outcome is known in time.
      long timeout = target.line().spec().responseTimeoutNanos();
      send(target, value, Math.max(allowedNanos / 2, allowedNanos - timeout), true, outcome);
    }
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
