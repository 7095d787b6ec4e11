package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import org.junit.jupiter.api.Test;

/// Two controllers that begin at the same time.
class ArbitrationTest {
  private static final byte[] NONE = {};

  private final WireBench bench;
  private final WireBench.Memory low;
  private final WireBench.Memory high;

  ArbitrationTest() throws PortException {
    bench = new WireBench(100_000);
    low = bench.attach(I2cAddress.of(0x20), "low");
    high = bench.attach(I2cAddress.of(0x60), "high");
  }

  @Test
  void theLowerAddressWinsAndItsTransferIsIntact() throws PortException {
    I2cMessage rival = I2cMessage.of(I2cAddress.of(0x20), new byte[] {1, 2}, new byte[2]);
    bench.bus.contend(rival);
    assertEquals(I2cOutcome.ARBITRATION_LOST, bench.write(0x60, 3, 4));
    // START, and a pulse in which SDA was low where the loser had let it go.
    assertTrue(bench.bus.busyNanos() <= 2 * 10_000);
    assertEquals(I2cOutcome.COMPLETED, rival.outcome());
    assertArrayEquals(WireBench.bytes(0xA5, 0xA5), rival.in);
    assertEquals("[W, 01, 02, R, P]", low.seen.toString());
    assertTrue(high.seen.isEmpty());
  }

  @Test
  void aPortWinsAgainstAHigherAddress() throws PortException {
    I2cMessage rival = I2cMessage.of(I2cAddress.of(0x60), new byte[] {1, 2}, NONE);
    bench.bus.contend(rival);
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x20, 3, 4));
    assertEquals((2 + 3 * 9) * 10_000, bench.bus.busyNanos());
    assertEquals(I2cOutcome.ARBITRATION_LOST, rival.outcome());
    assertEquals("[W, 03, 04, P]", low.seen.toString());
    assertTrue(high.seen.isEmpty());
  }

  @Test
  void dataDecidesBetweenTwoWritesToTheSameTarget() throws PortException {
    I2cMessage rival = I2cMessage.of(I2cAddress.of(0x20), new byte[] {1, 0x10}, NONE);
    bench.bus.contend(rival);
    assertEquals(I2cOutcome.ARBITRATION_LOST, bench.write(0x20, 1, 0x11));
    assertEquals(I2cOutcome.COMPLETED, rival.outcome());
    assertEquals("[W, 01, 10, P]", low.seen.toString());
  }

  @Test
  void twoEqualTransfersBothComplete() throws PortException {
    I2cMessage rival = I2cMessage.of(I2cAddress.of(0x20), new byte[] {1, 2}, NONE);
    bench.bus.contend(rival);
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x20, 1, 2));
    assertEquals(I2cOutcome.COMPLETED, rival.outcome());
    assertEquals("[W, 01, 02, P]", low.seen.toString());
  }

  @Test
  void theLongerReadWinsAtTheAcknowledgeBitOfTheShorter() throws PortException {
    byte[] shorter = new byte[1];
    I2cMessage rival = I2cMessage.of(I2cAddress.of(0x20), NONE, new byte[3]);
    bench.bus.contend(rival);
    assertEquals(
        I2cOutcome.ARBITRATION_LOST, bench.port.transfer(I2cAddress.of(0x20), NONE, shorter));
    assertEquals(I2cOutcome.COMPLETED, rival.outcome());
    assertArrayEquals(WireBench.bytes(0xA5, 0xA5, 0xA5), rival.in);
  }

  @Test
  void whoLostWaitsForTheStopOfTheWinner() throws PortException {
    bench.faults.add(Fault.always("low", FaultKind.ARBITRATION));
    assertEquals(I2cOutcome.ARBITRATION_LOST, bench.write(0x20, 1));
    long lost = bench.bus.busyNanos();
    bench.faults.clear("low");
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x20, 1));
    // The winner's START, byte and STOP, then this transfer.
    long both = (2 + 9) * 10_000 + (2 + 18) * 10_000;
    assertTrue(Math.abs(bench.bus.busyNanos() - both) <= 10_000, bench.bus.busyNanos() + " ns");
    assertTrue(lost < 9 * 10_000);
    assertEquals("[W, 01, P]", low.seen.toString());
  }
}
