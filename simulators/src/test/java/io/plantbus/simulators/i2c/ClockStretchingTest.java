package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import org.junit.jupiter.api.Test;

/// Targets and others that hold SCL low.
class ClockStretchingTest {
  private static final I2cAddress ADDRESS = I2cAddress.of(0x44);
  private static final long TIMEOUT_NANOS = 35_000_000;

  private final WireBench bench;
  private final WireBench.Memory chip;

  ClockStretchingTest() throws PortException {
    bench = new WireBench(100_000);
    chip = bench.attach(ADDRESS, "chip");
  }

  @Test
  void aTransferIsLongerByWhatTheTargetHoldsTheClock() throws PortException {
    chip.stretchNanos = 1_000_000;
    byte[] in = new byte[1];
    assertEquals(I2cOutcome.COMPLETED, bench.port.transfer(ADDRESS, new byte[] {1}, in));
    assertArrayEquals(WireBench.bytes(0xA5), in);
    // After each of both addresses.
    assertEquals((3 + 4 * 9) * 10_000 + 2 * 1_000_000, bench.bus.busyNanos());
  }

  @Test
  void theClockCanBeHeldAfterEachByte() throws PortException {
    chip.stretchByteNanos = 100_000;
    byte[] in = new byte[3];
    assertEquals(I2cOutcome.COMPLETED, bench.port.transfer(ADDRESS, new byte[] {1, 2}, in));
    // After two bytes written, and after the two of three read that were acknowledged.
    assertEquals((3 + 7 * 9) * 10_000 + 4 * 100_000, bench.bus.busyNanos());
  }

  @Test
  void theLongestStretchIsLessThanTheTimeOut() throws PortException {
    chip.stretchNanos = TIMEOUT_NANOS - 1;
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x44, 1));
    chip.stretchNanos = TIMEOUT_NANOS;
    assertEquals(I2cOutcome.TIMED_OUT, bench.write(0x44, 1));
    chip.stretchNanos = 0;
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x44, 1));
    assertEquals("[W, 01, P, W, P, W, 01, P]", chip.seen.toString());
  }

  @Test
  void aLateTargetHoldsTheClockOfAnyTransfer() throws PortException {
    bench.faults.add(Fault.always("chip", FaultKind.LATE).delayedBy(2_000_000));
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x44, 1));
    assertEquals((2 + 2 * 9) * 10_000 + 2_000_000, bench.bus.busyNanos());
  }

  @Test
  void aClockThatIsHeldForGoodIsAFaultOfTheBusUntilItIsLetGo() throws PortException {
    bench.bus.holdClock(true);
    assertEquals(I2cOutcome.BUS_FAULT, bench.write(0x44, 1));
    assertEquals(TIMEOUT_NANOS, bench.bus.busyNanos());
    bench.bus.holdClock(false);
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x44, 1));
    assertEquals(TIMEOUT_NANOS + (2 + 2 * 9) * 10_000, bench.bus.busyNanos());
  }
}
