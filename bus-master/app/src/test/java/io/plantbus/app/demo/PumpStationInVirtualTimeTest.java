package io.plantbus.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.VirtualPlantPorts;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.PortException;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The whole plant of the demo, its master included, in virtual time.
class PumpStationInVirtualTimeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Bench BENCH = BenchDocument.pumpStation();
  private static final long MUTE_FROM = BENCH.faults().getFirst().fromNanos();
  private static final long MUTE_UNTIL = BENCH.faults().getFirst().untilNanos();

  private static PlantFile plant() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(
            PlantFile.class.getResourceAsStream("/io/plantbus/app/demo/pump-station.yaml"))) {
      return PlantFile.parse(
              "pump-station.yaml",
              new String(text.readAllBytes(), StandardCharsets.UTF_8),
              _ -> null)
          .valueOrThrow();
    }
  }

  /// A running station.
  private static final class Station {
    final BusSimulation simulation;
    final BusMaster master;
    final RunningBench bench;

    Station(long seed) throws IOException, PortException {
      simulation = new BusSimulation(seed, Transcript.bounded(200_000));
      VirtualPorts media = new VirtualPorts(simulation);
      bench = RunningBench.start(BENCH, simulation, media);
      master =
          RunningMaster.start(
              plant().plant(),
              new VirtualPlantPorts(simulation, media, bench),
              DriverShelf::driver);
    }

    TagSample sample(String tag) {
      return Objects.requireNonNull(master.image().sample(tag, simulation.nowNanos()), tag);
    }

    @Nullable TagValue slave(String name, String resource) {
      return Objects.requireNonNull(bench.slave(name), name).get(resource);
    }

    Quality quality(String tag) {
      return sample(tag).quality();
    }
  }

  @Test
  void everyTagIsGoodWithinASecond() throws IOException, PortException {
    Station station = new Station(1);
    station.simulation.runFor(SECOND);
    for (TagSpec tag : station.master.image().tags()) {
      assertEquals(Quality.GOOD, station.quality(tag.name()), tag.name());
    }
  }

  @Test
  void anUnpluggedDeviceComesAndGoesAndNobodyElseNotices() throws IOException, PortException {
    Station station = new Station(2);
    station.simulation.runUntil(MUTE_FROM);
    Set<String> noticed = new HashSet<>();
    boolean wasDown = false;
    while (station.simulation.nowNanos() < MUTE_UNTIL) {
      station.simulation.runFor(SECOND / 10);
      for (TagSpec tag : station.master.image().tags()) {
        if (!station.quality(tag.name()).isGood()) {
          noticed.add(tag.name());
        }
      }
      wasDown |= station.quality("flow-meter.flow") == Quality.BAD_NO_COMMUNICATION;
    }
    assertTrue(wasDown);
    assertEquals(Set.of("flow-meter.flow", "flow-meter.volume"), noticed);
    station.simulation.runFor(5 * SECOND);
    assertEquals(Quality.GOOD, station.quality("flow-meter.flow"));
  }

  @Test
  void theLoopSwitchesThePumpAndKeepsTheLevelNearItsLimits() throws IOException, PortException {
    Station station = new Station(3);
    station.simulation.runFor(20 * SECOND);
    List<TagValue> states = new ArrayList<>();
    while (station.simulation.nowNanos() < 120 * SECOND) {
      station.simulation.runFor(SECOND / 4);
      double level = Objects.requireNonNull(station.sample("tank.level").value()).asDouble();
      assertTrue(level > 1.0 && level < 2.4, () -> "level " + level);
      TagValue run = Objects.requireNonNull(station.sample("pump.run").value());
      if (states.isEmpty() || !states.getLast().equals(run)) {
        states.add(run);
      }
    }
    assertTrue(states.size() >= 5, states::toString);
  }

  @Test
  void theSameSeedGivesTheSameTranscriptAndAnotherSeedAnotherOne()
      throws IOException, PortException {
    Station first = new Station(7);
    Station second = new Station(7);
    Station other = new Station(8);
    for (Station station : List.of(first, second, other)) {
      station.simulation.runFor(30 * SECOND);
      assertTrue(station.simulation.transcript().count() > 1_000);
    }
    assertEquals(first.simulation.transcript().lines(), second.simulation.transcript().lines());
    assertEquals(first.simulation.transcript().digest(), second.simulation.transcript().digest());
    assertNotEquals(first.simulation.transcript().digest(), other.simulation.transcript().digest());
  }

  @Test
  void theOutputsAreInTheirSafeStateWhenTheMasterHasStopped() throws Exception {
    Station station = new Station(4);
    assertTrue(
        station.simulation.runUntil(
            () -> TagValue.of(true).equals(station.slave("pump", "run")), 20 * SECOND));
    assertEquals(List.of(), station.master.stop(5 * SECOND));
    assertEquals(TagValue.of(false), station.slave("pump", "run"));
    assertEquals(TagValue.of(0.0), station.slave("drain-valve", "setpoint"));
    assertEquals(TagValue.of(false), station.slave("heater", "enable"));
  }
}
