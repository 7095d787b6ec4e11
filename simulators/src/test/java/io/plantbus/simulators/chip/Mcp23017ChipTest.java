package io.plantbus.simulators.chip;

import static io.plantbus.simulators.chip.ChipBench.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.hal.PortException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Mcp23017ChipTest {
  private static final int IODIRA = 0x00;
  private static final int IODIRB = 0x01;
  private static final int IPOLA = 0x02;
  private static final int GPINTENA = 0x04;
  private static final int IOCON = 0x0A;
  private static final int GPPUA = 0x0C;
  private static final int INTFA = 0x0E;
  private static final int INTCAPA = 0x10;
  private static final int GPIOA = 0x12;
  private static final int OLATA = 0x14;

  private final Mcp23017Chip chip = new Mcp23017Chip();
  private ChipBench bench;

  @BeforeEach
  void solderIn() throws PortException {
    bench = new ChipBench(0x20, chip);
  }

  @Test
  void everyPinIsAnInputAfterReset() throws PortException {
    assertArrayEquals(bytes(0xFF, 0xFF, 0, 0), bench.writeRead(4, IODIRA));
  }

  @Test
  void outputsFollowTheLatch() throws PortException {
    bench.write(IODIRB, 0xF0);
    bench.write(OLATA, 0x00, 0xA5);
    assertArrayEquals(bytes(0x00, 0x05), bench.writeRead(2, GPIOA));
    assertEquals(1, chip.level("gpb0"));
    assertEquals(0, chip.level("gpb1"));
    assertEquals(0, chip.level("gpb7"));
    bench.write(GPIOA + 1, 0x02);
    assertArrayEquals(bytes(0x02), bench.writeRead(1, OLATA + 1));
  }

  @Test
  void inputsFollowTheWorldThePullUpAndThePolarity() throws PortException {
    chip.sense("gpa0", 1);
    chip.sense("gpa1", 0);
    bench.write(GPPUA, 0x06);
    assertArrayEquals(bytes(0x05), bench.writeRead(1, GPIOA));
    bench.write(IPOLA, 0x01);
    assertArrayEquals(bytes(0x04), bench.writeRead(1, GPIOA));
  }

  @Test
  void sequentialAccessRollsOverAndByteModeToggles() throws PortException {
    bench.write(OLATA + 1, 0x77, 0x0F);
    assertArrayEquals(bytes(0x77, 0x0F), bench.writeRead(2, OLATA + 1));
    bench.write(IOCON, 0x20);
    assertArrayEquals(bytes(0x0F, 0xFF, 0x0F), bench.writeRead(3, IODIRA));
  }

  @Test
  void theOtherBankSeparatesThePorts() throws PortException {
    bench.write(IODIRA, 0x12, 0x34);
    bench.write(IOCON, 0x80);
    assertArrayEquals(bytes(0x12), bench.writeRead(1, 0x00));
    assertArrayEquals(bytes(0x34), bench.writeRead(1, 0x10));
  }

  @Test
  void aChangeIsFlaggedUntilThePortIsRead() throws PortException {
    bench.write(GPINTENA, 0x01);
    chip.sense("gpa0", 1);
    assertArrayEquals(bytes(0x01), bench.writeRead(1, INTFA));
    chip.sense("gpa0", 0);
    assertArrayEquals(bytes(0x01), bench.writeRead(1, INTCAPA));
    assertArrayEquals(bytes(0x00), bench.writeRead(1, INTFA));
  }
}
