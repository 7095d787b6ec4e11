package io.plantbus.devices.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterI2cDriverTest {
  private static final DeviceResource CURRENT =
      ScriptedBus.resource(
          "current",
          new Point.I2cRegister(
              4,
              new RegisterEncoding(
                  DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, 0.001, 0, List.of()),
              false),
          Access.READ);
  private static final DeviceResource CHECKED =
      ScriptedBus.resource(
          "checked",
          new Point.I2cRegister(7, RegisterEncoding.of(DataType.UINT16, RegisterOrder.DCBA), true),
          Access.READ_WRITE);
  private static final DeviceResource FIELD =
      ScriptedBus.resource(
          "field",
          new Point.I2cRegister(
              9,
              new RegisterEncoding(DataType.UINT16, RegisterOrder.ABCD, 0, 8, 8, 1, 0, List.of()),
              false),
          Access.READ_WRITE);

  private final ScriptedBus bus = new ScriptedBus();
  private final I2cDriver driver =
      I2cDrivers.create(
          ScriptedBus.profile(CURRENT, CHECKED, FIELD), ScriptedBus.ADDRESS, Map.of());

  @Test
  void registersAreReadAndCheckedOneByOne() throws PortException {
    bus.expect("04", "fc18").expect("07", "34120e").expect("09", "11ff");
    assertEquals(new I2cStep.Done(), driver.poll(bus, 0));
    assertEquals(new I2cStep.Channel(TagValue.of(-1.0), Quality.GOOD), driver.channel(CURRENT));
    assertEquals(new I2cStep.Channel(TagValue.of(0x1234L), Quality.GOOD), driver.channel(CHECKED));
    assertEquals(new I2cStep.Channel(TagValue.of(0x11L), Quality.GOOD), driver.channel(FIELD));
    bus.expect("04", "0000").expect("07", "3412bb").fail(I2cOutcome.TIMED_OUT);
    assertEquals(
        new I2cStep.Failed(Quality.BAD_NO_COMMUNICATION, "bus held for too long by 0x44"),
        driver.poll(bus, 0));
    bus.expect("04", "0000").expect("07", "3412bb").expect("09", "0000");
    driver.poll(bus, 0);
    assertEquals(new I2cStep.Channel(null, Quality.BAD_DEVICE_FAILURE), driver.channel(CHECKED));
    assertEquals(new I2cStep.Channel(TagValue.of(0L), Quality.GOOD), driver.channel(FIELD));
  }

  @Test
  void writesCarryTheirCodeAndKeepTheirNeighbours() throws PortException {
    bus.expect("07341244", "");
    assertEquals(new I2cStep.Done(), driver.write(bus, CHECKED, TagValue.of(0x1234L), 0));
    bus.expect("09", "11ff").expect("0922ff", "");
    assertEquals(new I2cStep.Done(), driver.write(bus, FIELD, TagValue.of(0x22L), 0));
    assertEquals(
        new I2cStep.Failed(
            Quality.BAD_CONFIGURATION_ERROR, "70000 does not fit uint16, which holds 0..65535"),
        driver.write(bus, CHECKED, TagValue.of(70_000L), 0));
    assertEquals(
        new I2cStep.Failed(Quality.BAD_CONFIGURATION_ERROR, "current cannot be written"),
        driver.write(bus, CURRENT, TagValue.of(1L), 0));
    bus.assertOver();
  }

  private static String refusal(Map<String, String> options, DeviceResource... resources) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    I2cDrivers.create(ScriptedBus.profile(resources), ScriptedBus.ADDRESS, options))
            .getMessage());
  }

  @Test
  void mistakesInProfilesAndOptionsAreTold() {
    DeviceResource temperature = ScriptedBus.channel("sht31", "temperature", Access.READ);
    assertEquals(
        "sht31 has no channel 'temp': write one of temperature, humidity",
        refusal(Map.of(), ScriptedBus.channel("sht31", "temp", Access.READ)));
    assertEquals(
        "unknown I2C driver 'sht99': write one of sht31, ads1115, mcp23017",
        refusal(Map.of(), ScriptedBus.channel("sht99", "temperature", Access.READ)));
    assertEquals(
        "sht31 has no option 'gain': remove it", refusal(Map.of("gain", "1"), temperature));
    assertEquals(
        "profile p: all resources of an I2C device need the same driver, or all of them registers",
        refusal(Map.of(), temperature, CURRENT));
    assertEquals(
        "option rate must be a number, was 'fast'",
        refusal(Map.of("rate", "fast"), ScriptedBus.channel("ads1115", "ain0", Access.READ)));
  }
}
