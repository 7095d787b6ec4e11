package io.plantbus.app.reference;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.BusMaster;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedPumpTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String BENCH =
      "lines: { rs485: { type: serial, units: { 2: { name: pump, profile: pump-drive } } } }";
  private static final String PLANT =
      """
      lines: { rs485: { rtu: /dev/ttyUSB0, timeout: 250ms } }
      devices: { pump: { line: rs485, unit: 2, profile: pump-drive, poll: 500ms } }
      """;

  private final BusSimulation simulation = new BusSimulation(42); // the seed
  private final VirtualPorts media = new VirtualPorts(simulation);
  private RunningBench bench;
  private BusMaster master;

  @BeforeEach
  void start() throws PortException {
    Bench slaves =
        new DocumentReader(_ -> null)
            .parse("bench.yaml", BENCH, BenchDocument.type(ProfileCatalogue.builtIn()))
            .valueOrThrow();
    PlantFile plant = PlantFile.parse("plant.yaml", PLANT, _ -> null).valueOrThrow();
    bench = RunningBench.start(slaves, simulation, media);
    master = RunningMaster.start(plant.plant(), new SerialPorts(), DriverShelf::driver);
  }

  @Test
  void aWriteReachesThePump() {
    List<WriteOutcome> outcomes = new ArrayList<>();
    simulation.runFor(SECOND);
    master.write(new WriteCommand("pump.run", TagValue.of(true), "test", SECOND), outcomes::add);
    simulation.runFor(SECOND / 10);
    assertEquals(List.of(new WriteOutcome.Acknowledged()), outcomes);
    assertEquals(TagValue.of(true), requireNonNull(bench.slave("pump")).get("run"));
  }

  @Test
  void aPumpThatIsUnpluggedIsToldOfAndComesBack() {
    simulation.runFor(SECOND);
    assertEquals(Quality.GOOD, quality("pump.speed"));

    bench.faults().unplug("pump");
    simulation.runFor(2 * SECOND);
    assertEquals(Quality.BAD_NO_COMMUNICATION, quality("pump.speed"));

    bench.faults().replug("pump");
    assertTrue(
        simulation.runUntil(
            () -> quality("pump.speed") == Quality.GOOD, simulation.nowNanos() + 30 * SECOND));
  }

  private Quality quality(String tag) {
    return requireNonNull(master.image().sample(tag, simulation.nowNanos())).quality();
  }

  /// Joins the serial lines of the plant to those of the bench.
  private final class SerialPorts implements MasterPorts {
    @Override
    public AgentRunner runner(LineSpec line) {
      return simulation;
    }

    @Override
    public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
      return media.pair(line.name()).opener("master", SerialSettings.MODBUS_DEFAULT);
    }

    @Override
    public I2cOpener i2cOpener(LineSpec line) {
      return bench.i2c(line.name());
    }

    @Override
    public AgentRunner loopRunner() {
      return simulation;
    }
  }
}
