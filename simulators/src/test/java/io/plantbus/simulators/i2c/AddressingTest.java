package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import org.junit.jupiter.api.Test;

/// Who answers to which first byte.
class AddressingTest {
  private static final byte[] NONE = {};
  private static final I2cAddress TEN_BIT = new I2cAddress(0x2A5, true);

  private final WireBench bench;

  AddressingTest() throws PortException {
    bench = new WireBench(100_000);
  }

  @Test
  void aTenBitTargetIsWrittenAfterTwoBytesAndReadAfterARepeatedStart() throws PortException {
    WireBench.Memory chip = bench.attach(TEN_BIT, "chip");
    byte[] in = new byte[2];
    assertEquals(I2cOutcome.COMPLETED, bench.port.transfer(TEN_BIT, new byte[] {7}, in));
    assertEquals("[W, 07, R, P]", chip.seen.toString());
    assertArrayEquals(WireBench.bytes(0xA5, 0xA5), in);
    // START, two bytes of address, one of data, repeated START, one of address, two read, STOP.
    assertEquals((3 + 6 * 9) * 10_000, bench.bus.busyNanos());
  }

  @Test
  void aTenBitReadGoesToTheTargetWhoseSecondByteItWas() throws PortException {
    WireBench.Memory chip = bench.attach(TEN_BIT, "chip");
    WireBench.Memory other = bench.attach(new I2cAddress(0x2A6, true), "other");
    other.content = 0x00;
    byte[] in = new byte[1];
    assertEquals(I2cOutcome.COMPLETED, bench.port.transfer(TEN_BIT, NONE, in));
    assertArrayEquals(WireBench.bytes(0xA5), in);
    assertEquals("[W, R, P]", chip.seen.toString());
    assertTrue(other.seen.isEmpty());
    assertEquals(
        I2cOutcome.NOT_ACKNOWLEDGED, bench.port.transfer(new I2cAddress(0x2A7, true), NONE, in));
    assertEquals(
        I2cOutcome.NOT_ACKNOWLEDGED, bench.port.transfer(new I2cAddress(0x1A5, true), NONE, in));
  }

  @Test
  void aSevenBitTargetAndATenBitOneOfTheSameNumberAreTwo() throws PortException {
    WireBench.Memory seven = bench.attach(I2cAddress.of(0x48), "seven");
    WireBench.Memory ten = bench.attach(new I2cAddress(0x48, true), "ten");
    bench.write(0x48, 1);
    bench.port.transfer(new I2cAddress(0x48, true), new byte[] {2}, NONE);
    assertEquals("[W, 01, P]", seven.seen.toString());
    assertEquals("[W, 02, P]", ten.seen.toString());
  }

  @Test
  void aGeneralCallReachesEverybodyWhoListensToIt() throws PortException {
    WireBench.Memory first = bench.attach(I2cAddress.of(0x20), "first");
    WireBench.Memory second = bench.attach(I2cAddress.of(0x21), "second");
    WireBench.Memory deaf = bench.attach(I2cAddress.of(0x22), "deaf");
    assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bench.bus.send(I2cMessage.generalCall((byte) 0x06)));
    first.listensToAll = true;
    second.listensToAll = true;
    assertEquals(I2cOutcome.COMPLETED, bench.bus.send(I2cMessage.generalCall((byte) 0x06)));
    assertEquals("[G, 06, P]", first.seen.toString());
    assertEquals("[G, 06, P]", second.seen.toString());
    assertTrue(deaf.seen.isEmpty());
    first.room = 0;
    assertEquals(I2cOutcome.COMPLETED, bench.bus.send(I2cMessage.generalCall((byte) 0x06)));
  }

  @Test
  void nobodyAcknowledgesAStartByteOrGarbageAndTheNextTransferIsGood() throws PortException {
    WireBench.Memory chip = bench.attach(I2cAddress.of(0x20), "chip");
    for (int garbage : new int[] {0x01, 0x02, 0x0F, 0x43, 0xF8, 0xFF}) {
      assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bench.bus.send(I2cMessage.raw(garbage)));
    }
    assertTrue(chip.seen.isEmpty());
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x20, 9));
    assertEquals("[W, 09, P]", chip.seen.toString());
    assertThrows(IllegalArgumentException.class, () -> I2cMessage.raw(0x100));
  }

  @Test
  void whatAnotherControllerSendsIsTakenDown() throws PortException {
    bench.attach(I2cAddress.of(0x20), "chip");
    bench.bus.send(I2cMessage.of(I2cAddress.of(0x20), new byte[] {1}, new byte[1]));
    assertTrue(
        bench
            .simulation
            .transcript()
            .lines()
            .contains("0.000000000 i2c other-controller S 40 01 Sr 41 a5 P COMPLETED"));
  }
}
