package io.plantbus.simulators.chip;

import static io.plantbus.simulators.chip.ChipBench.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.hal.PortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ads1115ChipTest {
  private final Ads1115Chip chip = new Ads1115Chip();
  private ChipBench bench;

  @BeforeEach
  void solderIn() throws PortException {
    bench = new ChipBench(0x48, chip);
  }

  @Test
  void registersHoldTheirResetValues() throws PortException {
    assertArrayEquals(bytes(0x85, 0x83), bench.writeRead(2, 1));
    assertArrayEquals(bytes(0x80, 0x00), bench.writeRead(2, 2));
    assertArrayEquals(bytes(0x7F, 0xFF), bench.writeRead(2, 3));
  }

  @Test
  void aSingleShotTakesOneConversionTime() throws PortException {
    chip.sense("ain1", 1.024);
    // Single-ended AIN1, full scale 2.048 V, single shot, 128 samples per second.
    bench.write(1, 0xD5, 0x83);
    bench.simulation.runFor(7_812_499);
    assertEquals(0x55, bench.writeRead(2, 1)[0]);
    assertArrayEquals(bytes(0, 0), bench.writeRead(2, 0));
    bench.simulation.runFor(1);
    assertEquals((byte) 0xD5, bench.writeRead(2, 1)[0]);
    assertArrayEquals(bytes(0x40, 0x00), bench.writeRead(2, 0));
  }

  @ParameterizedTest
  @CsvSource({"2.048,7fff", "3,7fff", "-2.048,8000", "-3,8000", "-0.0000625,ffff"})
  void theOutputCodeSaturates(double volts, String code) throws PortException {
    chip.sense("ain0", volts);
    bench.write(1, 0xC5, 0xE3);
    bench.simulation.runFor(10_000_000);
    byte[] in = bench.writeRead(2, 0);
    assertEquals(code, "%02x%02x".formatted(in[0], in[1]));
  }

  @Test
  void aDifferenceIsMeasured() throws PortException {
    chip.sense("ain0", 1);
    chip.sense("ain1", 3.048);
    // AIN0 - AIN1, full scale 4.096 V.
    bench.write(1, 0x83, 0xE3);
    bench.simulation.runFor(10_000_000);
    assertArrayEquals(bytes(0xC0, 0x00), bench.writeRead(2, 0));
  }

  @Test
  void continuousModeFollowsTheInput() throws PortException {
    bench.write(1, 0x44, 0xE3);
    chip.sense("ain0", 0.5);
    bench.simulation.runFor(10_000_000);
    byte[] first = bench.writeRead(2, 0);
    chip.sense("ain0", 1);
    bench.simulation.runFor(10_000_000);
    assertEquals(2 * first[0], bench.writeRead(2, 0)[0]);
  }
}
