package io.plantbus.app.demo;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.PlantBench;
import io.plantbus.app.wiring.VirtualPlantPorts;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.PortException;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.datagram.DatagramConditions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A plant with a line over UDP, in virtual time.
class DatagramLineInVirtualTimeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Plant PLANT =
      PlantFile.parse(
              "plant.yaml",
              """
              lines:
                net: { udp: 127.0.0.1, timeout: 200ms, retries: 3, window: 4, suspect-share: 50% }
              devices:
                pump: { line: net, unit: 2, profile: pump-drive, poll: 500ms }
                tank: { line: net, unit: 3, profile: tank-level-transmitter, poll: 500ms }
              """,
              _ -> null)
          .valueOrThrow()
          .plant();

  private final BusSimulation simulation = new BusSimulation(8);
  private final VirtualPorts media = new VirtualPorts(simulation);
  private RunningBench bench;
  private BusMaster master;

  @BeforeEach
  void start() throws PortException {
    bench = RunningBench.start(PlantBench.of(PLANT), simulation, media);
    master =
        RunningMaster.start(
            PLANT, new VirtualPlantPorts(simulation, media, bench), DriverShelf::driver);
    simulation.runFor(SECOND);
  }

  private Quality quality(String tag) {
    return requireNonNull(master.image().sample(tag, simulation.nowNanos())).quality();
  }

  @Test
  void devicesAreReadAndWritten() {
    assertEquals(Quality.GOOD, quality("pump.speed"));
    assertEquals(Quality.GOOD, quality("tank.level"));
    List<WriteOutcome> outcomes = new ArrayList<>();
    master.write(new WriteCommand("pump.run", TagValue.of(true), "test", SECOND), outcomes::add);
    simulation.runFor(SECOND);
    assertInstanceOf(WriteOutcome.Acknowledged.class, outcomes.getFirst());
    assertEquals(TagValue.of(true), requireNonNull(bench.slave("net/pump")).get("run"));
  }

  @Test
  void aBadNetworkIsEnduredAndADeadOneIsTold() {
    media.datagrams().setConditions(new DatagramConditions(2_000_000, 30_000_000, 0.1, 0.2, 0.05));
    int lost = 0;
    for (int second = 0; second < 60; second++) {
      simulation.runFor(SECOND);
      lost += quality("pump.speed") == Quality.BAD_NO_COMMUNICATION ? 1 : 0;
    }
    assertTrue(lost <= 3, "more than one exchange of four fails, and still: " + lost + " of 60");
    int port = bench.udpPort("net");
    media.datagrams().setBlackHole(port, true);
    simulation.runFor(10 * SECOND);
    assertEquals(Quality.BAD_NO_COMMUNICATION, quality("pump.speed"));
    media.datagrams().setBlackHole(port, false);
    media.datagrams().setConditions(DatagramConditions.LOCAL);
    assertTrue(
        simulation.runUntil(
            () -> quality("pump.speed") == Quality.GOOD, simulation.nowNanos() + 60 * SECOND));
  }
}
