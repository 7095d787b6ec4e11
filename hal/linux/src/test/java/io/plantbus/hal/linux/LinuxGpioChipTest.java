package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.DigitalInput;
import io.plantbus.hal.DigitalOutput;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxGpioChipTest {
  private static ShimLibrary shim;
  private LinuxGpioChip chip;

  @BeforeAll
  static void compile(@TempDir Path directory) throws Exception {
    shim = ShimLibrary.compile(directory);
  }

  @BeforeEach
  void reset() {
    shim.reset(0);
    chip = new LinuxGpioChip(Path.of("/dev/gpiochip0"), shim.symbols());
  }

  private static boolean asked(String line) {
    return shim.journal().lines().anyMatch(line::equals);
  }

  @Test
  void anOutputIsDrivenFromTheFirstMoment() throws Exception {
    try (DigitalOutput output = chip.openOutput(17, false, LineBias.AS_IS, true)) {
      assertEquals("gpio:/dev/gpiochip0/17", output.name());
      assertTrue(output.isSet());
      output.set(false);
      assertFalse(output.isSet());
    }
    assertTrue(asked("line 17 of 1 by plantbus flags 8 attribute 2 value 1 mask 1"), shim::journal);
    assertTrue(asked("set 0 mask 1"), shim::journal);
    assertEquals(0, shim.openDescriptors());
  }

  @Test
  void polarityAndPullResistorAreAskedFor() throws Exception {
    chip.openInput(4, true, LineBias.PULL_UP).close();
    chip.openInput(5, false, LineBias.PULL_DOWN).close();
    chip.openOutput(6, true, LineBias.NONE, false).close();

    assertTrue(asked("line 4 of 1 by plantbus flags 106"), shim::journal);
    assertTrue(asked("line 5 of 1 by plantbus flags 204"), shim::journal);
    assertTrue(
        asked("line 6 of 1 by plantbus flags 40a attribute 2 value 0 mask 1"), shim::journal);
  }

  @Test
  void anInputTellsItsLevel() throws Exception {
    try (DigitalInput input = chip.openInput(27, false, LineBias.AS_IS)) {
      assertFalse(input.isActive());
      shim.level(1);
      assertTrue(input.isActive());
    }
    assertTrue(asked("get mask 1"), shim::journal);
  }

  @Test
  void aLineThatIsGoneIsLost() throws Exception {
    try (DigitalInput input = chip.openInput(27, false, LineBias.AS_IS)) {
      shim.failTransferWith(19);
      assertEquals(PortFault.LOST, assertThrows(PortException.class, input::isActive).fault());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, MISSING, gpiodetect",
    "13, PERMISSION_DENIED, usermod -aG gpio",
  })
  void aChipThatCannotBeOpenedSaysWhatToDo(int errno, PortFault fault, String remedy) {
    shim.failOpenWith(errno);
    expect(fault, remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "16, BUSY, gpioinfo",
    "22, MISSING, gpioinfo",
    "1, PERMISSION_DENIED, choose another line",
    "25, UNSUPPORTED_SETTINGS, gpiochip",
    "5, FAILED, errno 5"
  })
  void aLineThatCannotBeTakenSaysWhatToDo(int errno, PortFault fault, String remedy) {
    shim.failTransferWith(errno);
    expect(fault, remedy);
    assertEquals(0, shim.openDescriptors());
  }

  private void expect(PortFault fault, String remedy) {
    PortException refused =
        assertThrows(PortException.class, () -> chip.openOutput(17, false, LineBias.AS_IS, false));
    assertEquals(fault, refused.fault());
    assertTrue(refused.getMessage().contains(remedy), refused::getMessage);
  }

  @Test
  void aClosedLineStaysClosed() throws Exception {
    DigitalOutput output = chip.openOutput(17, false, LineBias.AS_IS, false);
    output.close();
    output.close();

    assertEquals(
        PortFault.CLOSED, assertThrows(PortException.class, () -> output.set(true)).fault());
    assertEquals(0, shim.openDescriptors());
  }
}
