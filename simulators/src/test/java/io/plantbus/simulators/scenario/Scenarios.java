package io.plantbus.simulators.scenario;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.bench.document.BenchDocument;
import io.plantbus.simulators.scenario.document.PlantNames;
import io.plantbus.simulators.scenario.document.ScenarioDocument;
import io.plantbus.simulators.scenario.document.ScenarioNames;
import org.jspecify.annotations.Nullable;

/// Scenarios on a small bench, from text.
public final class Scenarios {
  /// A tank that a pump fills, and a drain that no slave commands.
  public static final String BENCH =
      """
      lines:
        rs485:
          type: serial
          units:
            1: { name: tank, profile: tank-level-transmitter }
            2: { name: pump, profile: pump-drive, initial: { speed-setpoint: 45 } }
      process:
        tanks: { basin: { area: 1, height: 3, level: 1 } }
        pumps: { feed: { flow: 360, into: basin } }
        valves: { drain: { kv: 100, stroke: 1s, position: 0, from: basin } }
        actuators: [{ from: pump.run, to: feed.run }]
        sensors:
          - { into: tank.level, of: basin.level }
          - { into: pump.running, of: feed.running }
      """;

  private Scenarios() {}

  /// The bench.
  public static Bench bench() {
    return new DocumentReader(_ -> null)
        .parse("bench.yaml", BENCH, BenchDocument.type(ProfileCatalogue.builtIn()))
        .valueOrThrow();
  }

  /// Reads steps.
  ///
  /// @param plant null for no master
  public static Reading<Scenario> read(String text, @Nullable PlantNames plant)
      throws PortException {
    Bench bench = bench();
    BusSimulation simulation = new BusSimulation(1, Transcript.silent());
    RunningBench tried = RunningBench.start(bench, simulation, new VirtualPorts(simulation));
    return new DocumentReader(_ -> null)
        .parse(
            "s.yaml",
            "bench: bench.yaml\n" + text,
            (node, problems) ->
                ScenarioDocument.type(
                        new ScenarioNames(
                            bench, tried, plant, "name its plant file: 'plant: ...'", problems))
                    .read(node, problems));
  }

  /// Runs steps in virtual time.
  public static Verdict run(String text, @Nullable PlantNames plant, Subject subject)
      throws PortException {
    BusSimulation simulation = new BusSimulation(1);
    RunningBench bench = RunningBench.start(bench(), simulation, new VirtualPorts(simulation));
    simulation.runUntil(0);
    ScenarioRun run =
        new ScenarioRun(read(text, plant).valueOrThrow(), bench(), bench, simulation, subject);
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
}
