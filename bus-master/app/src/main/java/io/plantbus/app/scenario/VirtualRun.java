package io.plantbus.app.scenario;

import io.plantbus.app.wiring.VirtualMaster;
import io.plantbus.app.wiring.VirtualPlantPorts;
import io.plantbus.hal.PortException;
import io.plantbus.master.plant.Plant;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.scenario.ScenarioRun;
import io.plantbus.simulators.scenario.Subject;
import io.plantbus.simulators.scenario.Verdict;

/// Runs a scenario in virtual time, as fast as it goes. The same seed gives the same verdict.
public final class VirtualRun {
  private VirtualRun() {}

  /// Runs it to its end, on this thread.
  ///
  /// @throws PortException never, for simulated media are free
  public static Verdict of(ScenarioFile file, long seed) throws PortException {
    BusSimulation simulation = new BusSimulation(seed);
    VirtualPorts media = new VirtualPorts(simulation);
    RunningBench bench = RunningBench.start(file.bench(), simulation, media);
    Subject subject = subject(file, new VirtualPlantPorts(simulation, media, bench));
    // What belongs to the start is over: sensors measured, lines are opened.
    simulation.runUntil(0);
    ScenarioRun run = new ScenarioRun(file.scenario(), file.bench(), bench, simulation, subject);
    long[] next = {0};
    while (!run.isOver()) {
      simulation.runUntil(
          () -> {
            next[0] = run.step(simulation.nowNanos());
            return run.isOver();
          },
          next[0]);
    }
    return run.verdict();
  }

  private static Subject subject(ScenarioFile file, VirtualPlantPorts ports) {
    Plant plant = file.plant();
    if (plant == null) {
      return Subject.NONE;
    }
    VirtualMaster master = new VirtualMaster(plant, file.bench(), ports);
    master.powerOn();
    return new MasterSubject(plant, master);
  }
}
