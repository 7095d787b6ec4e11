package io.plantbus.simulators.digital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.DigitalInput;
import io.plantbus.hal.DigitalOutput;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.BusSimulation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedDigitalLineTest {
  private final BusSimulation simulation = new BusSimulation(1);
  private final SimulatedDigitalLine line = new SimulatedDigitalLine(simulation, "horn");

  @Test
  void anOutputDrivesTheLineUntilItIsClosed() throws PortException {
    DigitalOutput output = line.output();
    output.set(true);
    output.set(true);
    assertTrue(line.isActive());
    assertTrue(output.isSet());
    output.close();
    assertFalse(line.isActive());
    assertEquals(
        PortFault.CLOSED, assertThrows(PortException.class, () -> output.set(true)).fault());
    assertEquals(
        List.of("0.000000000 horn output active", "0.000000000 horn output inactive"),
        simulation.transcript().lines());
  }

  @Test
  void anInputFollowsThePlantAndFailsWhileItsHardwareIsGone() throws PortException {
    DigitalInput input = line.input();
    line.drive(true);
    assertTrue(input.isActive());
    line.setGone(true);
    assertEquals(PortFault.LOST, assertThrows(PortException.class, input::isActive).fault());
    line.setGone(false);
    assertTrue(input.isActive());
  }
}
