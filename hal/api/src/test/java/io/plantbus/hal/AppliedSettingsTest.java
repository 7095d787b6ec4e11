package io.plantbus.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.hal.LineDirection.WhenRefused;
import org.junit.jupiter.api.Test;

class AppliedSettingsTest {
  private static final SerialSettings PLAIN = SerialSettings.MODBUS_DEFAULT;
  private static final LineDirection LOW =
      LineDirection.KERNEL.withRtsHighWhileSending(false).withDelaysMicros(1000, 2000);

  private static String told(LineDirection asked, LineDirection found) {
    return AppliedSettings.describe(PLAIN.withDirection(asked), PLAIN.withDirection(found));
  }

  @Test
  void whatIsAsAskedForIsToldOnce() {
    assertEquals("19200 8E1", AppliedSettings.describe(PLAIN, PLAIN));
    assertEquals(
        "19200 8E1, RS-485 direction by kernel", told(LineDirection.KERNEL, LineDirection.KERNEL));
    assertEquals(
        "19200 8E1, RS-485 direction by kernel, low while sending, 1000 us before, 2000 us after",
        told(LOW.withWhenRefused(WhenRefused.FAIL), LOW));
  }

  @Test
  void everyDifferenceIsNamed() {
    assertEquals(
        "9615 8N1 (asked for 19200 8E1)",
        AppliedSettings.describe(PLAIN, SerialSettings.of(9615, "8N1")));
    assertEquals(
        "19200 8E1, RS-485 direction by kernel, receiving while sending"
            + " (asked for RS-485 direction by kernel, low while sending, 1000 us before, 2000 us after)",
        told(LOW, LineDirection.KERNEL.withReceiveWhileSending(true)));
    assertEquals(
        "19200 8E1, RS-485 direction by kernel (set before, not asked for)",
        told(LineDirection.NONE, LineDirection.KERNEL));
    assertEquals(
        "19200 8E1, RS-485 direction not switched by kernel (asked for, but the driver does not do it)",
        told(LineDirection.KERNEL, LineDirection.NONE));
    assertEquals(
        "19200 8E1, RS-485 direction by RTS (the driver does not do it by kernel)",
        told(LineDirection.KERNEL.withWhenRefused(WhenRefused.RTS), LineDirection.RTS));
  }

  @Test
  void whatNobodyReadBackIsToldAsAskedForOnly() {
    assertEquals(
        "19200 8E1 with RS-485 direction by kernel asked for; this platform does not tell what the driver applied",
        AppliedSettings.describe(PLAIN.withRs485(true), null));
  }

  @Test
  void anEndpointNamesItsDirection() {
    assertEquals("rtu:COM3?baud=19200&format=8E1", PLAIN.endpoint("COM3"));
    assertEquals(
        "rtu:COM3?baud=19200&format=8E1&rs485=rts",
        PLAIN.withDirection(LineDirection.RTS).endpoint("COM3"));
  }

  @Test
  void delaysBeyondATenthOfASecondAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> LineDirection.RTS.withDelaysMicros(0, 100_001));
    assertThrows(IllegalArgumentException.class, () -> LineDirection.RTS.withDelaysMicros(-1, 0));
  }
}
