package io.plantbus.app.reference;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.hal.pi4j.I2cBusProvider;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Pi4jDriverTest {
  private static final String BENCH =
      "lines: { sensors: { type: i2c, targets: { 0x44: { name: air, profile: cabinet-climate } } } }";

  /// A driver as one writes it for Pi4J; it knows nothing of Plantbus.
  record Thermometer(I2C sht31, Runnable pause) {
    double celsius() {
      sht31.write(new byte[] {0x24, 0x00}); // measure once
      pause.run(); // takes 15.5 ms at most
      byte[] answer = new byte[6];
      sht31.read(answer);
      int raw = (answer[0] & 0xFF) << 8 | (answer[1] & 0xFF);
      return -45 + 175.0 * raw / 65_535;
    }
  }

  @Test
  void thePi4jDriverReadsTheSimulatedChip() throws PortException {
    BusSimulation simulation = new BusSimulation(1);
    Bench chips =
        new DocumentReader(_ -> null)
            .parse("bench.yaml", BENCH, BenchDocument.type(ProfileCatalogue.builtIn()))
            .valueOrThrow();
    RunningBench bench = RunningBench.start(chips, simulation, new VirtualPorts(simulation));
    requireNonNull(bench.slave("air")).set("temperature", TagValue.of(21.5));

    Context pi4j =
        Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(new I2cBusProvider(Map.of(1, bench.i2c("sensors").open())))
            .build();
    I2C sht31 = pi4j.create(I2C.newConfigBuilder(pi4j).bus(1).device(0x44).build());
    Thermometer thermometer = new Thermometer(sht31, () -> simulation.runFor(16_000_000));
    assertEquals(21.5, thermometer.celsius(), 0.01);
    pi4j.shutdown();
  }
}
