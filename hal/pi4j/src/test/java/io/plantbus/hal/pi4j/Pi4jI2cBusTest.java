package io.plantbus.hal.pi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Pi4jI2cBusTest {
  private static final byte[] NOTHING = {};
  private static final I2cAddress ADDRESS = RegisterTarget.ADDRESS;

  private final RegisterTarget target = new RegisterTarget();
  private final Context context =
      Pi4J.newContextBuilder().noAutoDetect().add(new I2cBusProvider(Map.of(1, target))).build();

  @AfterEach
  void shutDown() {
    context.shutdown();
  }

  private I2cBus bus() throws PortException {
    return Pi4jI2cBus.opener(context, 1).open();
  }

  @Test
  void everyShapeOfTransferArrivesAsItIs() throws Exception {
    I2cBus bus = bus();
    assertEquals("i2c:pi4j/1", bus.name());
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, new byte[] {0x10, 1, 2}, NOTHING));
    byte[] in = new byte[2];
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, new byte[] {0x10}, in));
    assertArrayEquals(new byte[] {1, 2}, in);
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, new byte[] {0x11}, NOTHING));
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, NOTHING, in));
    assertArrayEquals(new byte[] {2, 0}, in);
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, NOTHING, NOTHING));
    assertEquals(
        List.of("S W 100102 P", "S W 10 Sr R 2 P", "S W 11 P", "S R 2 P", "S R 1 P"), target.wire);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_ACKNOWLEDGED", "ARBITRATION_LOST", "TIMED_OUT", "BUS_FAULT"})
  void outcomesComeThroughTheTextsOfPi4j(I2cOutcome outcome) throws Exception {
    I2cBus bus = bus();
    target.outcome = outcome;
    assertEquals(outcome, bus.transfer(ADDRESS, new byte[] {1}, new byte[1]));
    assertEquals(outcome, bus.transfer(ADDRESS, new byte[] {1}, NOTHING));
    assertEquals(outcome, bus.transfer(ADDRESS, NOTHING, new byte[1]));
    target.outcome = I2cOutcome.COMPLETED;
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, NOTHING, NOTHING));
  }

  @Test
  void anAddressThatNobodyAnswersIsNotAcknowledged() throws Exception {
    assertEquals(
        I2cOutcome.NOT_ACKNOWLEDGED, bus().transfer(I2cAddress.of(0x45), NOTHING, NOTHING));
  }

  @Test
  void tenBitAddressesAreRefusedBeforeAnyTransfer() throws Exception {
    I2cBus bus = bus();
    PortException refusal =
        assertThrows(
            PortException.class,
            () -> bus.transfer(new I2cAddress(0x144, true), NOTHING, new byte[1]));
    assertEquals(PortFault.UNSUPPORTED_SETTINGS, refusal.fault());
    assertTrue(refusal.getMessage().contains("i2c:/dev/i2c-1"), refusal.getMessage());
    assertEquals(List.of(), target.wire);
  }

  @Test
  void aWriteReadLongerThanPi4jTakesIsRefused() throws Exception {
    I2cBus bus = bus();
    assertFault(PortFault.UNSUPPORTED_SETTINGS, bus, new byte[1], new byte[1920]);
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, new byte[1], new byte[1919]));
    assertEquals(I2cOutcome.COMPLETED, bus.transfer(ADDRESS, NOTHING, new byte[8192]));
    assertThrows(
        IllegalArgumentException.class, () -> bus.transfer(ADDRESS, NOTHING, new byte[8193]));
  }

  private static void assertFault(PortFault fault, I2cBus bus, byte[] out, byte[] in) {
    assertEquals(
        fault, assertThrows(PortException.class, () -> bus.transfer(ADDRESS, out, in)).fault());
  }

  @Test
  void aBusThatPi4jDoesNotHaveIsToldSo() throws Exception {
    I2cBus third = Pi4jI2cBus.opener(context, 3).open();
    PortException failure =
        assertThrows(PortException.class, () -> third.transfer(ADDRESS, NOTHING, NOTHING));
    assertTrue(failure.getMessage().contains("i2c:pi4j/3"), failure.getMessage());
    Context empty = Pi4J.newContextBuilder().noAutoDetect().build();
    PortException missing =
        assertThrows(PortException.class, () -> Pi4jI2cBus.opener(empty, 1).open());
    assertEquals(PortFault.MISSING, missing.fault());
    empty.shutdown();
  }

  @Test
  void aClosedBusCanBeOpenedAgain() throws Exception {
    I2cBus first = bus();
    first.transfer(ADDRESS, NOTHING, NOTHING);
    assertFault(PortFault.BUSY, bus(), NOTHING, NOTHING);
    first.close();
    first.close();
    assertFault(PortFault.CLOSED, first, NOTHING, NOTHING);
    assertEquals(I2cOutcome.COMPLETED, bus().transfer(ADDRESS, NOTHING, NOTHING));
  }

  @Test
  void aContextThatShutsDownTakesTheBusWithIt() throws Exception {
    I2cBus bus = bus();
    bus.transfer(ADDRESS, NOTHING, NOTHING);
    context.shutdown();
    assertFault(PortFault.LOST, bus, NOTHING, NOTHING);
    bus.close();
  }

  @ParameterizedTest
  @CsvSource({
    "No such device or address, NOT_ACKNOWLEDGED",
    "No such device, NOT_ACKNOWLEDGED",
    "Remote I/O error, NOT_ACKNOWLEDGED",
    "ioctl failed with errno 121, NOT_ACKNOWLEDGED",
    "Connection timed out, TIMED_OUT",
    "Timer expired, TIMED_OUT",
    "Resource temporarily unavailable, ARBITRATION_LOST",
    "Input/output error, BUS_FAULT",
  })
  void theTextsOfTheSystemAreUnderstood(String text, I2cOutcome outcome) throws Exception {
    assertEquals(outcome, failingWith(text).transfer(ADDRESS, new byte[] {1}, NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    "Stream Closed, LOST",
    "Bad file descriptor, LOST",
    "Device or resource busy, BUSY",
    "something else, FAILED",
  })
  void whatIsNotAnOutcomeIsAFault(String text, PortFault fault) {
    assertFault(fault, failingWith(text), new byte[] {1}, NOTHING);
  }

  @Test
  void fewerBytesThanAskedForAreABusFault() throws Exception {
    I2C device = mock(I2C.class);
    when(device.isOpen()).thenReturn(true);
    when(device.read(any(byte[].class), anyInt(), anyInt())).thenReturn(-1);
    assertEquals(I2cOutcome.BUS_FAULT, over(device).transfer(ADDRESS, NOTHING, new byte[2]));
  }

  /// A bus on hardware that fails as the linuxfs provider does.
  private I2cBus failingWith(String text) {
    I2C device = mock(I2C.class);
    when(device.isOpen()).thenReturn(true);
    when(device.write(any(byte[].class), anyInt(), anyInt()))
        .thenThrow(
            new Pi4JException(
                "Failed to execute action for device 68 on bus 1", new IOException(text)));
    return over(device);
  }

  private I2cBus over(I2C device) {
    I2CProvider provider = mock(I2CProvider.class);
    when(provider.create(any(I2CConfig.class))).thenReturn(device);
    return new Pi4jI2cBus(context, provider, 1);
  }
}
