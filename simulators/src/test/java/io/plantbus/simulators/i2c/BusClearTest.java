package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SDA that stays low, with and without an adapter that clears the bus.
class BusClearTest {
  private static final I2cAddress ADDRESS = I2cAddress.of(0x44);
  private static final byte[] NONE = {};

  /// Pulses until a target sends the third bit of its first byte.
  private static final int IN_THE_MIDDLE = 9 + 2;

  private final WireBench bench;
  private final WireBench.Memory chip;

  BusClearTest() throws PortException {
    bench = new WireBench(100_000);
    chip = bench.attach(ADDRESS, "chip");
    chip.content = 0x00;
  }

  private I2cOutcome read(byte[] in) throws PortException {
    return bench.port.transfer(ADDRESS, NONE, in);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 26, 27})
  void aTargetThatWasLeftInTheMiddleOfAByteIsClockedOut(int pulses) throws PortException {
    bench.bus.cutNextTransfer(pulses);
    assertEquals(I2cOutcome.BUS_FAULT, read(new byte[4]));
    chip.content = 0x5A;
    byte[] in = new byte[2];
    assertEquals(I2cOutcome.COMPLETED, read(in));
    assertArrayEquals(WireBench.bytes(0x5A, 0x5A), in);
  }

  @Test
  void withoutBusClearItStaysStuckUntilSomebodyClearsTheBus() throws PortException {
    bench.bus.setClearing(false);
    bench.bus.cutNextTransfer(IN_THE_MIDDLE);
    assertEquals(I2cOutcome.BUS_FAULT, read(new byte[4]));
    assertEquals(I2cOutcome.BUS_FAULT, read(new byte[4]));
    assertEquals(I2cOutcome.BUS_FAULT, bench.write(0x45, 1));
    bench.bus.setClearing(true);
    assertEquals(I2cOutcome.COMPLETED, read(new byte[4]));
  }

  @Test
  void aBusClearTakesAtMostNinePulsesAndAStop() throws PortException {
    bench.bus.cutNextTransfer(IN_THE_MIDDLE);
    read(new byte[4]);
    long before = bench.bus.busyNanos();
    assertEquals(I2cOutcome.COMPLETED, read(new byte[1]));
    long took = bench.bus.busyNanos() - before;
    long alone = (2 + 2 * 9) * 10_000;
    assertTrue(took > alone + 10_000 && took <= alone + 10 * 10_000 + 4_700, took + " ns");
  }

  @Test
  void whoHoldsSdaForGoodIsNotCleared() throws PortException {
    bench.faults.add(Fault.always("i2c", FaultKind.STUCK));
    assertEquals(I2cOutcome.BUS_FAULT, read(new byte[1]));
    assertEquals(I2cOutcome.BUS_FAULT, bench.write(0x50, 1));
    assertTrue(chip.seen.isEmpty());
    bench.faults.clear("i2c");
    assertEquals(I2cOutcome.COMPLETED, read(new byte[1]));
  }

  @Test
  void aPlannedResetOfTheAdapterLeavesTheBusToTheNextTransfer() throws PortException {
    bench.faults.add(Fault.always("chip", FaultKind.RESET));
    for (int i = 0; i < 50; i++) {
      assertEquals(I2cOutcome.BUS_FAULT, read(new byte[4]));
    }
    bench.faults.clear("chip");
    assertEquals(I2cOutcome.COMPLETED, read(new byte[4]));
  }

  @Test
  void aTransferIsCutAfterAPulseAtLeast() {
    assertThrows(IllegalArgumentException.class, () -> bench.bus.cutNextTransfer(0));
  }
}
