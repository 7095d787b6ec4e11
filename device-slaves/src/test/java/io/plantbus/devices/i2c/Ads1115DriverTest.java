package io.plantbus.devices.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.PortException;
import java.util.List;
import org.junit.jupiter.api.Test;

class Ads1115DriverTest {
  private static final long CONVERSION = 1_100_000_000L / 128 + 50_000;

  private final ScriptedBus bus = new ScriptedBus();
  private final Ads1115Driver driver =
      new Ads1115Driver(
          ScriptedBus.ADDRESS,
          List.of(Ads1115Input.AIN0, Ads1115Input.AIN0_AIN1),
          Ads1115Settings.DEFAULT);

  private I2cStep.Channel ain0() {
    return driver.channel(ScriptedBus.channel("ads1115", "ain0", Access.READ));
  }

  @Test
  void eachChannelIsConvertedOnceInAPoll() throws PortException {
    bus.expect("01c583", "").expect("01", "c583").expect("00", "4000");
    bus.expect("018583", "").expect("01", "0583").expect("01", "8583").expect("00", "c000");
    assertEquals(new I2cStep.Waiting(CONVERSION), driver.poll(bus, 0));
    assertEquals(new I2cStep.Waiting(CONVERSION), driver.poll(bus, 5));
    assertEquals(new I2cStep.Waiting(2 * CONVERSION), driver.poll(bus, CONVERSION));
    assertEquals(
        new I2cStep.Waiting(2 * CONVERSION + CONVERSION / 10), driver.poll(bus, 2 * CONVERSION));
    assertEquals(new I2cStep.Done(), driver.poll(bus, 3 * CONVERSION));
    bus.assertOver();
    assertEquals(new I2cStep.Channel(TagValue.of(1.024), Quality.GOOD), ain0());
    DeviceResource doubled =
        ScriptedBus.resource("d", new Point.I2cChannel("ads1115", "ain0-ain1", 2, 1), Access.READ);
    assertEquals(new I2cStep.Channel(TagValue.of(-1.048), Quality.GOOD), driver.channel(doubled));
  }

  @Test
  void theEndsOfTheScaleAreOutOfRange() throws PortException {
    bus.expect("01c583", "").expect("01", "c583").expect("00", "7fff").expect("018583", "");
    driver.poll(bus, 0);
    driver.poll(bus, CONVERSION);
    assertEquals(new I2cStep.Channel(null, Quality.BAD_OUT_OF_RANGE), ain0());
  }

  @Test
  void aConversionThatNeverEndsFails() throws PortException {
    bus.expect("01c583", "");
    long now = CONVERSION;
    driver.poll(bus, 0);
    for (int look = 1; look < 10; look++) {
      bus.expect("01", "4583");
      now = ((I2cStep.Waiting) driver.poll(bus, now)).untilNanos();
    }
    bus.expect("01", "4583");
    assertEquals(
        new I2cStep.Failed(Quality.BAD_DEVICE_FAILURE, "conversion never finished in 0x44"),
        driver.poll(bus, now));
    bus.assertOver();
  }

  @Test
  void aConfigurationThatIsNotOursIsALossOfPower() throws PortException {
    bus.expect("01c583", "").expect("01", "8583");
    driver.poll(bus, 0);
    assertEquals(
        new I2cStep.Failed(Quality.BAD_DEVICE_FAILURE, "configuration lost by 0x44"),
        driver.poll(bus, CONVERSION));
    assertEquals(new I2cStep.Channel(null, Quality.BAD_DEVICE_FAILURE), ain0());
  }

  @Test
  void gainAndRateStandInTheConfigRegister() {
    assertEquals(0xF3E3, new Ads1115Settings(4.096, 860).config(Ads1115Input.AIN3));
    assertThrows(IllegalArgumentException.class, () -> new Ads1115Settings(5, 860));
    assertThrows(IllegalArgumentException.class, () -> new Ads1115Settings(4.096, 100));
  }
}
