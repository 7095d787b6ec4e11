package io.plantbus.devices.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Mcp23017DriverTest {
  private static final DeviceResource PUMP =
      ScriptedBus.channel("mcp23017", "gpa1", Access.READ_WRITE);
  private static final DeviceResource VALVE =
      ScriptedBus.channel("mcp23017", "gpb7", Access.READ_WRITE);
  private static final DeviceResource FLOAT_SWITCH =
      ScriptedBus.channel("mcp23017", "gpb0", Access.READ);

  private final ScriptedBus bus = new ScriptedBus();
  private final I2cDriver driver =
      I2cDrivers.create(
          ScriptedBus.profile(PUMP, VALVE, FLOAT_SWITCH),
          ScriptedBus.ADDRESS,
          Map.of("pull-ups", "gpb0"));

  private void expectPreparation(String latch) {
    bus.expect("0500", "").expect("0a00", "").expect("14", latch);
    bus.expect("0c0001", "").expect("00fd7f", "");
  }

  private I2cStep.Channel good(boolean state) {
    return new I2cStep.Channel(TagValue.of(state), Quality.GOOD);
  }

  @Test
  void pinsAreReadAfterOnePreparation() throws PortException {
    expectPreparation("0000");
    bus.expect("00", "fd7f").expect("12", "0201").expect("00", "fd7f").expect("12", "0080");
    assertEquals(new I2cStep.Done(), driver.poll(bus, 0));
    assertEquals(good(true), driver.channel(PUMP));
    assertEquals(good(true), driver.channel(FLOAT_SWITCH));
    assertEquals(good(false), driver.channel(VALVE));
    assertEquals(new I2cStep.Done(), driver.poll(bus, 1));
    assertEquals(good(false), driver.channel(PUMP));
    assertEquals(good(true), driver.channel(VALVE));
    bus.assertOver();
  }

  @Test
  void aWriteKeepsTheOtherOutputsAndIsVerified() throws PortException {
    expectPreparation("0080");
    bus.expect("140280", "").expect("14", "0280").expect("140200", "").expect("14", "0200");
    assertEquals(new I2cStep.Done(), driver.write(bus, PUMP, TagValue.of(true), 0));
    assertEquals(new I2cStep.Done(), driver.write(bus, VALVE, TagValue.of(0L), 0));
    bus.expect("140000", "").expect("14", "0200");
    assertEquals(
        new I2cStep.Failed(
            Quality.BAD_DEVICE_FAILURE, "outputs did not take what was written to 0x44"),
        driver.write(bus, PUMP, TagValue.of(false), 0));
    bus.assertOver();
  }

  @Test
  void anInputOrAWrongValueIsRefusedWithoutATransfer() throws PortException {
    assertEquals(
        new I2cStep.Failed(Quality.BAD_CONFIGURATION_ERROR, "gpb0 is no output of the MCP23017"),
        driver.write(bus, FLOAT_SWITCH, TagValue.of(true), 0));
    assertEquals(
        new I2cStep.Failed(
            Quality.BAD_CONFIGURATION_ERROR, "2 is no state: a coil takes true, false, 0 or 1"),
        driver.write(bus, PUMP, TagValue.of(2L), 0));
  }

  @Test
  void aLossOfPowerIsNoticedAndRepaired() throws PortException {
    expectPreparation("0200");
    bus.expect("00", "ffff");
    I2cStep.Failed failed = (I2cStep.Failed) driver.poll(bus, 0);
    assertEquals(Quality.BAD_DEVICE_FAILURE, failed.quality());
    assertEquals(new I2cStep.Channel(null, Quality.BAD_DEVICE_FAILURE), driver.channel(PUMP));
    expectPreparation("0000");
    bus.expect("00", "fd7f").expect("12", "0000");
    assertEquals(new I2cStep.Done(), driver.poll(bus, 1));
    bus.fail(I2cOutcome.NOT_ACKNOWLEDGED);
    driver.poll(bus, 2);
    assertEquals(new I2cStep.Channel(null, Quality.BAD_NO_COMMUNICATION), driver.channel(PUMP));
  }
}
