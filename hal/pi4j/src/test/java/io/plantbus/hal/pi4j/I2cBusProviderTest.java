package io.plantbus.hal.pi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CRegister;
import io.plantbus.hal.I2cOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class I2cBusProviderTest {
  private final RegisterTarget target = new RegisterTarget();
  private final Context context =
      Pi4J.newContextBuilder().noAutoDetect().add(new I2cBusProvider(Map.of(1, target))).build();

  @AfterEach
  void shutDown() {
    context.shutdown();
  }

  private I2C device(int bus, int address) {
    return context.create(I2C.newConfigBuilder(context).bus(bus).device(address).build());
  }

  private I2C device() {
    return device(1, 0x44);
  }

  @Test
  void aRegisterIsReadInOneTransfer() {
    target.registers[0x10] = (byte) 0xAB;
    assertEquals(0xAB, device().readRegister(0x10));
    assertEquals(List.of("S W 10 Sr R 1 P"), target.wire);
  }

  @Test
  void theProviderIsFoundByItsId() {
    I2C device =
        context.create(
            I2C.newConfigBuilder(context).bus(1).device(0x44).provider("plantbus-i2c").build());
    target.registers[3] = (byte) 0xFF;
    assertEquals((byte) 0xFF, device.readRegisterByte(3));
  }

  @Test
  void aWordIsReadMostSignificantByteFirst() {
    target.registers[0x20] = 0x12;
    target.registers[0x21] = (byte) 0xF4;
    assertEquals(0x12F4, device().readRegisterWord(0x20));
    assertEquals(List.of("S W 20 Sr R 2 P"), target.wire);
  }

  /// The counts are those of Pi4J's linuxfs provider: with a register number, without its bytes.
  @Test
  void registersAreWrittenAndReadBack() {
    I2C device = device();
    assertEquals(2, device.writeRegister(0x30, 0x7F));
    assertEquals(4, device.writeRegister(0x31, new byte[] {9, 1, 2, 3, 9}, 1, 3));
    assertEquals(1, device.writeRegister(new byte[] {0x40, 5}, new byte[] {6}, 0, 1));
    byte[] read = new byte[6];
    assertEquals(4, device.readRegister(0x30, read, 1, 4));
    assertArrayEquals(new byte[] {0, 0x7F, 1, 2, 3, 0}, read);
    assertEquals(2, device.readRegister(new byte[] {0x40}, read, 0, 2));
    assertEquals(5, read[0]);
    assertEquals(6, read[1]);
    assertEquals(0x0203, device.writeReadRegisterWord(0x50, 0x0203));
  }

  @Test
  void aRegisterObjectReachesItsRegister() {
    I2CRegister register = device().register(0x60);
    register.writeWord(0xBEEF);
    assertEquals(0xBEEF, register.readWord());
    assertEquals(0xBE, register.read());
  }

  @Test
  void plainBytesAreWrittenAndReadFromThePointer() {
    target.registers[0x70] = 1;
    target.registers[0x71] = (byte) 0xFE;
    I2C device = device();
    assertEquals(1, device.write((byte) 0x70));
    assertEquals(1, device.read());
    assertEquals(0xFE, device.read());
    assertEquals(3, device.write(new byte[] {0x70, 4, 5}));
    byte[] read = new byte[4];
    device.write((byte) 0x70);
    assertEquals(2, device.read(read, 1, 2));
    assertArrayEquals(new byte[] {0, 4, 5, 0}, read);
  }

  @Test
  void writeReadHasAStopBetweenAsOnLinux() {
    byte[] read = new byte[2];
    assertEquals(2, device().writeRead(new byte[] {0x24, 0x00}, read));
    assertEquals(List.of("S W 2400 P", "S R 2 P"), target.wire);
  }

  @Test
  void noBytesAreNoTransfer() {
    I2C device = device();
    assertEquals(0, device.write(new byte[4], 2, 0));
    assertEquals(0, device.read(new byte[4], 2, 0));
    assertEquals(List.of(), target.wire);
    assertThrows(IndexOutOfBoundsException.class, () -> device.read(new byte[4], 2, 3));
  }

  @Test
  void anAddressThatNobodyAnswersFailsAsOnLinux() {
    I2C nobody = device(1, 0x45);
    Pi4JException failure = assertThrows(Pi4JException.class, nobody::read);
    assertEquals("Remote I/O error", innermost(failure).getMessage());
    assertTrue(innermost(failure) instanceof java.io.IOException);
  }

  @Test
  void everyOutcomeHasTheTextOfTheSystem() {
    I2C device = device();
    Map<I2cOutcome, String> texts =
        Map.of(
            I2cOutcome.DATA_NOT_ACKNOWLEDGED, "Remote I/O error",
            I2cOutcome.ARBITRATION_LOST, "Resource temporarily unavailable",
            I2cOutcome.TIMED_OUT, "Connection timed out",
            I2cOutcome.BUS_FAULT, "Input/output error");
    texts.forEach(
        (outcome, text) -> {
          target.outcome = outcome;
          Pi4JException failure = assertThrows(Pi4JException.class, () -> device.readRegister(0));
          assertEquals(text, innermost(failure).getMessage());
        });
  }

  @Test
  void aLostBusIsToldWithItsOwnWords() {
    target.unplugged = true;
    I2C device = device();
    Pi4JException failure = assertThrows(Pi4JException.class, () -> device.write((byte) 1));
    assertEquals("i2c:test is gone; plug it in", innermost(failure).getMessage());
  }

  private static Throwable innermost(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }

  @Test
  void anUnknownBusOrAddressIsRefused() {
    Pi4JException noBus = assertThrows(Pi4JException.class, () -> device(3, 0x44));
    assertEquals("no I2C bus 3 here, only [1]", innermost(noBus).getMessage());
    Pi4JException tenBit = assertThrows(Pi4JException.class, () -> device(1, 0x144));
    assertEquals(
        "a 7-bit I2C address must be 0x08..0x77, was 0x144", innermost(tenBit).getMessage());
  }

  @Test
  void aContextThatShutsDownClosesDevicesAndBuses() {
    I2C device = device();
    assertTrue(device.isOpen());
    context.shutdown();
    assertFalse(device.isOpen());
    assertTrue(target.closed);
    assertThrows(Pi4JException.class, device::read);
  }
}
