package io.plantbus.simulators.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.TagValue;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.chip.Mcp23017Chip;
import io.plantbus.simulators.chip.RegisterFileChip;
import io.plantbus.simulators.process.SimulatedSlave;
import io.plantbus.simulators.scenario.Scenarios;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static RunningBench bench() throws PortException {
    BusSimulation simulation = new BusSimulation(1);
    return RunningBench.start(Scenarios.bench(), simulation, new VirtualPorts(simulation));
  }

  @Test
  void aModbusSlaveHoldsAgainWhatItHeldAtFirst() throws PortException {
    SimulatedSlave pump = Objects.requireNonNull(bench().slave("pump"));
    assertTrue(pump.set("speed-setpoint", TagValue.of(20.0)));
    assertTrue(pump.set("run", TagValue.of(true)));

    pump.restart();

    assertEquals(TagValue.of(45.0), pump.get("speed-setpoint"));
    assertEquals(TagValue.of(false), pump.get("run"));
  }

  @Test
  void registersOfAChipHoldAgainWhatTheyHeldAtFirst() {
    RegisterFileChip chip = new RegisterFileChip(I2cAddress.of(0x20), Map.of(1, 2), false);
    chip.set(1, new byte[] {1, 2});
    chip.keepInitial();
    chip.set(1, new byte[] {7, 7});

    chip.restart();

    assertArrayEquals(new byte[] {1, 2}, chip.get(1));
  }

  @Test
  void anExpanderLetsItsOutputsGoAndKeepsWhatTheWorldBrings() {
    Mcp23017Chip chip = new Mcp23017Chip();
    chip.sense("gpb0", 1);
    for (int[] write : new int[][] {{0x00, 0x00}, {0x14, 0x01}}) {
      chip.start(false, 0);
      chip.write(write[0], 0);
      chip.write(write[1], 0);
      chip.stop(0);
    }
    assertEquals(1, chip.level("gpa0"));

    chip.powerOn();

    assertEquals(0, chip.level("gpa0"));
    assertEquals(1, chip.level("gpb0"));
  }

  @Test
  void aValueThatDoesNotFitIsNotHeld() throws PortException {
    RunningBench bench = bench();
    Place place = new Place("pump", "speed-setpoint");

    assertFalse(bench.held().hold(place, TagValue.of(1e9)));
    assertTrue(bench.held().hold(place, TagValue.of(30.0)));
    bench.held().release(place);
  }
}
