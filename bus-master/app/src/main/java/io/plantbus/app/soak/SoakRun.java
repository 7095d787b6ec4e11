package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Mood;
import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.app.soak.invariant.AnswerInvariants;
import io.plantbus.app.soak.invariant.Checks;
import io.plantbus.app.soak.invariant.Invariant;
import io.plantbus.app.soak.invariant.StateInvariants;
import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.app.soak.invariant.WatchedLine;
import io.plantbus.app.soak.invariant.WireInvariants;
import io.plantbus.app.soak.invariant.WriteInvariants;
import io.plantbus.devices.slave.SerialSlaveServer;
import io.plantbus.devices.slave.TcpSlaveServer;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.master.BusMaster;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.fault.LineFaults;
import io.plantbus.simulators.fault.LineFaults.Framing;
import io.plantbus.simulators.serial.SerialOpener;
import io.plantbus.simulators.serial.SimulatedRs485;
import io.plantbus.simulators.serial.WireFaults;
import io.plantbus.simulators.stream.SimulatedStreamPort;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One case, from the first request to the last write's end, in virtual time on the caller's
/// thread.
public final class SoakRun implements MasterPorts {
  private static final long SECOND = 1_000_000_000L;
  private static final long DRAIN_NANOS = 180 * SECOND;

  private final SoakCase soakCase;
  private final BusSimulation simulation;
  private final SimulatedRs485 pair;
  private final SimulatedStreamPort network;
  private final SoakPlant plant;
  private final List<SoakFaults.Numbered> faults;
  private final FaultPlan plan;
  private final Checks checks = new Checks();
  private final WireInvariants wire;
  private final WriteInvariants writes;
  private final AnswerInvariants answers;
  private final StateInvariants states;
  private final BusMaster master;

  /// Sets a case up; nothing runs yet.
  ///
  /// @param transcript takes down what happens on the media
  public SoakRun(SoakCase soakCase, Transcript transcript) {
    this.soakCase = soakCase;
    this.simulation = new BusSimulation(soakCase.seed(), transcript);
    this.pair = new SimulatedRs485(simulation, SoakPlant.PAIR);
    this.network = new SimulatedStreamPort(simulation, SoakPlant.NETWORK);
    SoakCase.Without without = soakCase.without();
    this.plant = SoakPlant.draw(simulation, without.devices());
    this.faults = SoakFaults.draw(simulation, plant, soakCase.spanNanos(), without.faults());
    Disturbances disturbances =
        new Disturbances(faults.stream().map(SoakFaults.Numbered::fault).toList(), plant.units());
    BitSet units = new BitSet();
    plant.units().stream().filter(Unit::isSerial).forEach(unit -> units.set(unit.unit()));
    this.wire = new WireInvariants(checks, SoakPlant.SETTINGS, units);
    this.writes = new WriteInvariants(checks, simulation.clock(), disturbances);
    this.answers = new AnswerInvariants(checks, simulation.clock(), plant, disturbances, wire);
    this.plan = new FaultPlan(simulation);
    serve();
    this.master =
        RunningMaster.start(
            plant.plant(),
            this,
            device -> {
              throw new IllegalArgumentException(device.name() + " is on no I2C bus");
            });
    master.image().onSample(answers);
    this.states = new StateInvariants(checks, plant, master, disturbances);
    new SoakWrites(simulation, plant, master, writes, without.writes(), soakCase.spanNanos())
        .start();
  }

  private void serve() {
    faults.forEach(fault -> plan.add(fault.fault()));
    boolean mayRefuse = plant.mood() == Mood.ROUGH;
    Map<Integer, String> names = new HashMap<>();
    plant.units().forEach(unit -> names.put(unit.unit(), unit.name()));
    LineFaults onPair = new LineFaults(plan, simulation, SoakPlant.PAIR, Framing.RTU, names);
    WireFaults onWire =
        new WireFaults(
            simulation, pair, "slaves", SoakPlant.SETTINGS, SerialFraming.RTU, names, plan);
    onPair.on(onWire);
    simulation.start(onWire);
    network.follow(SoakPlant.PORT, SoakPlant.NETWORK, plan);
    LineFaults onNetwork = new LineFaults(plan, simulation, SoakPlant.NETWORK, Framing.MBAP, names);
    List<Unit> serial = plant.units().stream().filter(Unit::isSerial).toList();
    List<Unit> networked = plant.units().stream().filter(unit -> !unit.isSerial()).toList();
    simulation.start(
        onPair.serve(
            pair.opener("slaves", SoakPlant.SETTINGS, plant.adapter()),
            opener ->
                new SerialSlaveServer(
                    SoakPlant.PAIR,
                    opener,
                    SoakPlant.SETTINGS,
                    SoakSlaves.of(serial, onPair, simulation, mayRefuse, writes))));
    try {
      network.listen(
          "localhost",
          SoakPlant.PORT,
          4,
          onNetwork.over(
              new TcpSlaveServer(
                  SoakPlant.NETWORK,
                  SoakSlaves.of(networked, onNetwork, simulation, mayRefuse, writes))));
    } catch (PortException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Runs the case to its end, or to the first violation.
  ///
  /// @return the violation, or null
  public @Nullable Violation run() {
    long end = soakCase.spanNanos() + DRAIN_NANOS;
    try {
      while (checks.first() == null && simulation.nowNanos() < end) {
        simulation.runUntil(() -> checks.first() != null, simulation.nowNanos() + SECOND);
        states.check(simulation.nowNanos());
      }
      if (checks.first() == null) {
        writes.finished(simulation.nowNanos());
        states.finished(pair.collisions(), simulation.nowNanos());
      }
    } catch (IllegalStateException failure) {
      return new Violation(
          simulation.nowNanos(), Invariant.NO_FALSE_ALARM, String.valueOf(failure.getMessage()));
    }
    return checks.first();
  }

  /// What was counted.
  public SoakCount count() {
    long transactions = master.lines().stream().mapToLong(LineReport::transactions).sum();
    return new SoakCount(
        1,
        simulation.nowNanos(),
        transactions,
        writes.count(),
        plan.struck(),
        checks.counts(),
        answers.sameRequest(),
        answers.beyondChecksum());
  }

  /// The plant of the case.
  public SoakPlant plant() {
    return plant;
  }

  /// The faults of the case, by number.
  List<SoakFaults.Numbered> faults() {
    return new ArrayList<>(faults);
  }

  @Override
  public AgentRunner runner(LineSpec line) {
    return simulation;
  }

  @Override
  public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
    if (line.name().equals(SoakPlant.PAIR)) {
      SerialOpener opener = pair.opener("master", SoakPlant.SETTINGS, plant.adapter());
      return () -> new WatchedLine(opener.open(), wire, simulation.clock());
    }
    return network.opener(runner, "localhost", SoakPlant.PORT, SECOND);
  }

  @Override
  public I2cOpener i2cOpener(LineSpec line) {
    throw new IllegalArgumentException(line.name() + " is no I2C bus");
  }

  @Override
  public AgentRunner loopRunner() {
    return simulation;
  }
}
