package io.plantbus.simulators.chip;

import static io.plantbus.simulators.chip.ChipBench.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterFileChipTest {
  private static final Map<Integer, Integer> WIDTHS = Map.of(0x02, 2, 0x05, 4);

  @Test
  void accessGoesOnWithTheNextRegister() throws PortException {
    RegisterFileChip chip = new RegisterFileChip(I2cAddress.of(0x30), WIDTHS, false);
    ChipBench bench = new ChipBench(0x30, chip);
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x02, 1, 2, 3, 4, 5, 6));
    assertArrayEquals(bytes(1, 2), chip.get(0x02));
    assertArrayEquals(bytes(3, 4, 5, 6), chip.get(0x05));
    assertArrayEquals(bytes(1, 2, 3, 4, 5, 6), bench.writeRead(6, 0x02));
    assertEquals(I2cOutcome.DATA_NOT_ACKNOWLEDGED, bench.write(0x03, 1));
  }

  @Test
  void readsAndWritesCarryThePacketErrorCode() throws PortException {
    RegisterFileChip chip = new RegisterFileChip(I2cAddress.of(0x30), WIDTHS, true);
    ChipBench bench = new ChipBench(0x30, chip);
    chip.set(0x02, bytes(0x12, 0x34));
    assertArrayEquals(
        bytes(0x12, 0x34, crc(0x60, 0x02, 0x61, 0x12, 0x34)), bench.writeRead(3, 0x02));
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x02, 0xAB, 0xCD, crc(0x60, 0x02, 0xAB, 0xCD)));
    assertArrayEquals(bytes(0xAB, 0xCD), chip.get(0x02));
    assertEquals(I2cOutcome.DATA_NOT_ACKNOWLEDGED, bench.write(0x02, 0x11, 0x22, 0x00));
    assertArrayEquals(bytes(0xAB, 0xCD), chip.get(0x02));
  }

  /// Bit by bit, as a remainder of polynomials, unlike the code under test.
  private static int crc(int... bytes) {
    BigInteger message = new BigInteger(1, ChipBench.bytes(bytes)).shiftLeft(8);
    BigInteger polynomial = BigInteger.valueOf(0x107);
    while (message.bitLength() > 8) {
      message = message.xor(polynomial.shiftLeft(message.bitLength() - 9));
    }
    return message.intValue();
  }
}
