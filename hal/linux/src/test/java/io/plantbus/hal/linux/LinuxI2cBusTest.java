package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxI2cBusTest {
  private static final byte[] NOTHING = {};
  private static final Path DEVICE = Path.of("/dev/i2c-7");
  private static final I2cAddress THERE = I2cAddress.of(0x48);
  private static ShimLibrary shim;

  @BeforeAll
  static void compile(@TempDir Path directory) throws Exception {
    shim = ShimLibrary.compile(directory);
  }

  @BeforeEach
  void reset() {
    shim.reset(ShimLibrary.PLAIN);
  }

  private static LinuxI2cBus open() throws PortException {
    return LinuxI2cBus.open(DEVICE, shim.symbols());
  }

  private static String transfers() {
    return shim.journal().lines().skip(1).reduce("", (all, line) -> all + line + "; ");
  }

  @Test
  void aWriteReadIsOneTransferOfTwoMessages() throws Exception {
    try (I2cBus bus = open()) {
      assertEquals(
          I2cOutcome.COMPLETED, bus.transfer(THERE, new byte[] {1, (byte) 0xC3, 7}, NOTHING));
      byte[] in = new byte[2];
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(THERE, new byte[] {1}, in));
      assertArrayEquals(new byte[] {(byte) 0xC3, 7}, in);
    }
    assertEquals(
        "transfer of 1; write 48 flags 0 length 3 01 c3 07; "
            + "transfer of 2; write 48 flags 0 length 1 01; read 48 flags 1 length 2; close 1001; ",
        transfers());
  }

  @Test
  void aReadAloneIsOneMessage() throws Exception {
    try (I2cBus bus = open()) {
      bus.transfer(THERE, new byte[] {0, 5, 6}, NOTHING);
      bus.transfer(THERE, new byte[] {0}, NOTHING);
      byte[] in = new byte[2];
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(THERE, NOTHING, in));
      assertArrayEquals(new byte[] {5, 6}, in);
    }
    assertTrue(transfers().endsWith("transfer of 1; read 48 flags 1 length 2; close 1001; "));
  }

  @Test
  void aProbeWritesNothingWhereTheAdapterCan() throws Exception {
    try (I2cBus bus = open()) {
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(THERE, NOTHING, NOTHING));
      assertEquals(
          I2cOutcome.NOT_ACKNOWLEDGED, bus.transfer(I2cAddress.of(0x49), NOTHING, NOTHING));
    }
    assertEquals(
        "transfer of 1; write 48 flags 0 length 0; transfer of 1; write 49 flags 0 length 0; close 1001; ",
        transfers());
  }

  @Test
  void aProbeReadsOneByteWhereTheAdapterCannotWriteNothing() throws Exception {
    shim.reset(0x1);
    try (I2cBus bus = open()) {
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(THERE, NOTHING, NOTHING));
    }
    assertEquals("transfer of 1; read 48 flags 1 length 1; close 1001; ", transfers());
  }

  @Test
  void tenBitAddressesCarryTheirFlag() throws Exception {
    shim.reset(ShimLibrary.PLAIN | 0x2);
    try (I2cBus bus = open()) {
      byte[] in = new byte[1];
      I2cAddress address = new I2cAddress(0x2A5, true);
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(address, new byte[] {9}, in));
    }
    assertEquals(
        "transfer of 2; write 2a5 flags 10 length 1 09; read 2a5 flags 11 length 1; close 1001; ",
        transfers());
  }

  @Test
  void tenBitAddressesAreRefusedWhereTheAdapterHasNone() throws Exception {
    try (I2cBus bus = open()) {
      PortException refused =
          assertThrows(
              PortException.class,
              () -> bus.transfer(new I2cAddress(0x2A5, true), NOTHING, new byte[1]));
      assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
    }
    assertEquals("close 1001; ", transfers());
  }

  @Test
  void theLongestTransferPassesAndOneMoreByteIsRefused() throws Exception {
    try (I2cBus bus = open()) {
      byte[] longest = new byte[I2cBus.MAX_TRANSFER_BYTES];
      assertEquals(I2cOutcome.COMPLETED, bus.transfer(THERE, longest, longest));
      byte[] tooLong = new byte[I2cBus.MAX_TRANSFER_BYTES + 1];
      assertThrows(IllegalArgumentException.class, () -> bus.transfer(THERE, tooLong, NOTHING));
      assertThrows(IllegalArgumentException.class, () -> bus.transfer(THERE, NOTHING, tooLong));
    }
    assertTrue(transfers().contains("read 48 flags 1 length 8192"));
  }

  @ParameterizedTest
  @CsvSource({
    "6, NOT_ACKNOWLEDGED",
    "19, NOT_ACKNOWLEDGED",
    "121, NOT_ACKNOWLEDGED",
    "11, ARBITRATION_LOST",
    "110, TIMED_OUT",
    "5, BUS_FAULT",
    "16, BUS_FAULT",
    "71, BUS_FAULT"
  })
  void errorNumbersBecomeOutcomes(int errno, I2cOutcome expected) throws Exception {
    try (I2cBus bus = open()) {
      shim.failTransferWith(errno);
      assertEquals(expected, bus.transfer(THERE, NOTHING, new byte[1]));
    }
  }

  @ParameterizedTest
  @CsvSource({"22, UNSUPPORTED_SETTINGS", "95, UNSUPPORTED_SETTINGS", "108, LOST"})
  void whatIsNotAboutTheTargetIsAnException(int errno, PortFault expected) throws Exception {
    try (I2cBus bus = open()) {
      shim.failTransferWith(errno);
      PortException thrown =
          assertThrows(PortException.class, () -> bus.transfer(THERE, NOTHING, new byte[1]));
      assertEquals(expected, thrown.fault());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, MISSING, raspi-config",
    "13, PERMISSION_DENIED, usermod -aG i2c",
    "5, FAILED, errno 5"
  })
  void aBusThatCannotBeOpenedSaysWhatToDo(int errno, PortFault fault, String remedy) {
    shim.failOpenWith(errno);

    PortException refused = assertThrows(PortException.class, LinuxI2cBusTest::open);
    assertEquals(fault, refused.fault());
    assertTrue(refused.getMessage().contains("/dev/i2c-7"), refused::getMessage);
    assertTrue(refused.getMessage().contains(remedy), refused::getMessage);
  }

  @Test
  void anAdapterWithoutPlainTransfersIsRefusedAndReleased() {
    shim.reset(0x1_0000);

    PortException refused = assertThrows(PortException.class, LinuxI2cBusTest::open);
    assertEquals(PortFault.UNSUPPORTED_SETTINGS, refused.fault());
    assertEquals(0, shim.openDescriptors());
  }

  @Test
  void aClosedBusStaysClosed() throws Exception {
    I2cBus bus = open();
    bus.close();
    bus.close();

    assertEquals(0, shim.openDescriptors());
    PortException refused =
        assertThrows(PortException.class, () -> bus.transfer(THERE, NOTHING, NOTHING));
    assertEquals(PortFault.CLOSED, refused.fault());
  }

  @Test
  void aRealMissingBusIsMissing() {
    PortException refused =
        assertThrows(PortException.class, () -> LinuxI2cBus.open(Path.of("/dev/i2c-250")));
    assertEquals(PortFault.MISSING, refused.fault());
  }
}
