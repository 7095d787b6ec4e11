package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedI2cBusTest {
  private static final I2cAddress ADDRESS = I2cAddress.of(0x44);
  private static final byte[] NONE = {};

  private final BusSimulation simulation = new BusSimulation(5);
  private final FaultPlan faults = new FaultPlan(simulation);
  private final SimulatedI2cBus bus = new SimulatedI2cBus(simulation, "i2c1", 100_000, faults);
  private final List<String> seen = new ArrayList<>();

  /// Writes down what it sees; takes two bytes of a write and counts upwards on reads.
  private final I2cTarget chip =
      new I2cTarget() {
        private int written;
        private int next;

        @Override
        public boolean start(boolean reading, long nowNanos) {
          seen.add(reading ? "Sr" : "S");
          written = 0;
          next = 0x10;
          return true;
        }

        @Override
        public boolean write(int value, long nowNanos) {
          seen.add(Integer.toHexString(value));
          return ++written <= 2;
        }

        @Override
        public int read(long nowNanos) {
          return next++;
        }

        @Override
        public void stop(long nowNanos) {
          seen.add("P");
        }
      };

  private I2cBus port;

  @BeforeEach
  void openTheBus() throws PortException {
    bus.attach(ADDRESS, "chip", chip);
    port = bus.open();
  }

  @Test
  void aWriteReadIsOneTransferOfByteTimes() throws PortException {
    byte[] in = new byte[2];
    assertEquals(I2cOutcome.COMPLETED, port.transfer(ADDRESS, new byte[] {1, 2}, in));
    assertArrayEquals(new byte[] {0x10, 0x11}, in);
    assertEquals(List.of("S", "1", "2", "Sr", "P"), seen);
    // START, STOP and a repeated START take a pulse each, six bytes nine pulses each.
    assertEquals((3 + 6 * 9) * 10_000, bus.busyNanos());
  }

  @Test
  void nobodyAcknowledgesAnAddressWithoutTarget() throws PortException {
    assertEquals(
        I2cOutcome.NOT_ACKNOWLEDGED, port.transfer(I2cAddress.of(0x45), NONE, new byte[1]));
    assertEquals(I2cOutcome.COMPLETED, port.transfer(ADDRESS, NONE, NONE));
  }

  @Test
  void aRefusedByteEndsTheTransferWithStop() throws PortException {
    assertEquals(
        I2cOutcome.DATA_NOT_ACKNOWLEDGED, port.transfer(ADDRESS, new byte[] {1, 2, 3, 4}, NONE));
    assertEquals(List.of("S", "1", "2", "3", "P"), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "MUTE,NOT_ACKNOWLEDGED",
    "DROP,DATA_NOT_ACKNOWLEDGED",
    "LATE,TIMED_OUT",
    "STUCK,BUS_FAULT",
    "ARBITRATION,ARBITRATION_LOST",
    "FLIP,COMPLETED",
    "GARBAGE,COMPLETED"
  })
  void eachFaultHasItsOutcome(FaultKind kind, I2cOutcome outcome) throws PortException {
    faults.add(Fault.always("chip", kind));
    byte[] in = new byte[4];
    assertEquals(outcome, port.transfer(ADDRESS, new byte[] {1}, in));
    if (kind == FaultKind.FLIP) {
      int flipped = 0;
      for (int i = 0; i < 4; i++) {
        flipped += Integer.bitCount((in[i] & 0xFF) ^ (0x10 + i));
      }
      assertEquals(1, flipped);
    }
    faults.clear("chip");
    assertEquals(I2cOutcome.COMPLETED, port.transfer(ADDRESS, new byte[] {1}, in));
    assertArrayEquals(new byte[] {0x10, 0x11, 0x12, 0x13}, in);
  }

  @Test
  void aFaultOfTheBusHitsEveryTargetAndOnlyInItsWindow() throws PortException {
    faults.add(Fault.always("i2c1", FaultKind.MUTE).during(100, 100));
    assertEquals(I2cOutcome.COMPLETED, port.transfer(ADDRESS, NONE, NONE));
    simulation.runUntil(100);
    assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, port.transfer(ADDRESS, NONE, NONE));
    simulation.runUntil(200);
    assertEquals(I2cOutcome.COMPLETED, port.transfer(ADDRESS, NONE, NONE));
  }

  @Test
  void anUnpluggedBusIsLostUntilItIsOpenedAgain() throws PortException {
    bus.setUnplugged(true);
    assertEquals(
        PortFault.LOST,
        assertThrows(PortException.class, () -> port.transfer(ADDRESS, NONE, NONE)).fault());
    assertEquals(PortFault.MISSING, assertThrows(PortException.class, bus::open).fault());
    bus.setUnplugged(false);
    assertThrows(PortException.class, () -> port.transfer(ADDRESS, NONE, NONE));
    assertEquals(I2cOutcome.COMPLETED, bus.open().transfer(ADDRESS, NONE, NONE));
  }

  @Test
  void transfersAreTakenDownInTheNotationOfTheSpecification() throws PortException {
    port.transfer(ADDRESS, new byte[] {0x2C}, new byte[1]);
    assertTrue(
        simulation
            .transcript()
            .lines()
            .contains("0.000000000 i2c1 chip S 0x44 W 2c Sr 0x44 R 10 P COMPLETED"));
  }
}
