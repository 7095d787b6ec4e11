package io.plantbus.simulators.chip;

import static io.plantbus.simulators.chip.ChipBench.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Sht31ChipTest {
  private final Sht31Chip chip = new Sht31Chip();
  private ChipBench bench;

  @BeforeEach
  void solderIn() throws PortException {
    bench = new ChipBench(0x44, chip);
  }

  @Test
  void theChecksumIsThatOfTheDataSheet() {
    assertEquals(0x92, Crc8.SENSIRION.ofWord(0xBEEF));
  }

  @Test
  void aSingleShotIsReadAfterItsTime() throws PortException {
    chip.sense("temperature", 25);
    chip.sense("humidity", 50);
    byte[] in = new byte[6];
    assertEquals(I2cOutcome.COMPLETED, bench.write(0x24, 0x00));
    bench.simulation.runFor(15_000_000);
    assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bench.read(in));
    bench.simulation.runFor(500_000);
    assertEquals(I2cOutcome.COMPLETED, bench.read(in));
    // (25 + 45) / 175 of 65535 is 0x6666, half of 65535 rounds to 0x8000.
    assertArrayEquals(bytes(0x66, 0x66, 0x93, 0x80, 0x00, 0xA2), in);
    assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bench.read(in));
  }

  @Test
  void aStretchedClockMakesTheMasterWait() throws PortException {
    bench.write(0x2C, 0x06);
    assertEquals(I2cOutcome.COMPLETED, bench.read(new byte[6]));
  }

  @Test
  void theStatusTellsOfResetAndUnknownCommands() throws PortException {
    assertArrayEquals(bytes(0x80, 0x10, 0xE1), bench.writeRead(3, 0xF3, 0x2D));
    bench.write(0x30, 0x41);
    assertArrayEquals(bytes(0x00, 0x00, 0x81), bench.writeRead(3, 0xF3, 0x2D));
    bench.write(0x30, 0x6D);
    assertEquals(0x20, bench.writeRead(3, 0xF3, 0x2D)[0]);
  }

  @Test
  void periodicMeasurementsAreFetchedOnceEach() throws PortException {
    byte[] in = new byte[6];
    bench.write(0x27, 0x37);
    bench.simulation.runFor(16_000_000);
    bench.write(0xE0, 0x00);
    assertEquals(I2cOutcome.COMPLETED, bench.read(in));
    bench.write(0xE0, 0x00);
    assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, bench.read(in));
    bench.simulation.runFor(100_000_000);
    bench.write(0xE0, 0x00);
    assertEquals(I2cOutcome.COMPLETED, bench.read(in));
  }

  @Test
  void anUnknownChannelIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> chip.sense("pressure", 1));
  }
}
