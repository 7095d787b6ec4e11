package io.plantbus.devices.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import org.junit.jupiter.api.Test;

class Sht31DriverTest {
  private static final DeviceResource TEMPERATURE =
      ScriptedBus.channel("sht31", "temperature", Access.READ);
  private static final DeviceResource HUMIDITY =
      ScriptedBus.channel("sht31", "humidity", Access.READ);
  private static final I2cStep.Waiting RESET = new I2cStep.Waiting(1_500_000);
  private static final I2cStep.Waiting MEASURED = new I2cStep.Waiting(17_000_000);

  private final ScriptedBus bus = new ScriptedBus();
  private final Sht31Driver driver = new Sht31Driver(ScriptedBus.ADDRESS);

  private I2cStep measureOnce(String answer) throws PortException {
    bus.expect("30a2", "").expect("2400", "").expect("", answer);
    assertEquals(RESET, driver.poll(bus, 0));
    assertEquals(RESET, driver.poll(bus, 1_499_999));
    assertEquals(MEASURED, driver.poll(bus, 1_500_000));
    assertEquals(MEASURED, driver.poll(bus, 16_999_999));
    I2cStep step = driver.poll(bus, 17_000_000);
    bus.assertOver();
    return step;
  }

  private static void assertBad(Quality quality, I2cStep.Channel channel) {
    assertEquals(new I2cStep.Channel(null, quality), channel);
  }

  /// 0xBEEF has checksum 0x92 (data sheet, 4.12); 0x6666 is two fifths of the scale, 25 °C.
  @Test
  void aMeasurementBecomesDegreesAndPercent() throws PortException {
    assertBad(Quality.BAD_WAITING_FOR_INITIAL_DATA, driver.channel(TEMPERATURE));
    assertEquals(new I2cStep.Done(), measureOnce("666693beef92"));
    assertEquals(
        new I2cStep.Channel(TagValue.of(-45 + 175 * 0.4), Quality.GOOD),
        driver.channel(TEMPERATURE));
    assertEquals(
        new I2cStep.Channel(TagValue.of(100 * 0xBEEF / 65_535.0), Quality.GOOD),
        driver.channel(HUMIDITY));
    DeviceResource fahrenheit =
        ScriptedBus.resource(
            "t", new Point.I2cChannel("sht31", "temperature", 1.8, 32), Access.READ);
    assertEquals(new I2cStep.Channel(TagValue.of(77.0), Quality.GOOD), driver.channel(fahrenheit));
    bus.expect("2400", "");
    assertEquals(new I2cStep.Waiting(115_500_000), driver.poll(bus, 100_000_000));
  }

  @Test
  void aWrongChecksumIsAFailureOfTheSensor() throws PortException {
    assertEquals(
        new I2cStep.Failed(
            Quality.BAD_SENSOR_FAILURE, "checksum mismatch in a measurement of 0x44"),
        measureOnce("666693beef93"));
    assertBad(Quality.BAD_SENSOR_FAILURE, driver.channel(TEMPERATURE));
    bus.expect("2400", "");
    assertEquals(new I2cStep.Waiting(15_500_020), driver.poll(bus, 20));
  }

  @Test
  void silenceMakesItStartFromTheBeginning() throws PortException {
    bus.fail(I2cOutcome.NOT_ACKNOWLEDGED);
    I2cStep silent = new I2cStep.Failed(Quality.BAD_NO_COMMUNICATION, "no acknowledge from 0x44");
    assertEquals(silent, driver.poll(bus, 0));
    assertBad(Quality.BAD_NO_COMMUNICATION, driver.channel(HUMIDITY));
    bus.expect("30a2", "").expect("2400", "").fail(I2cOutcome.NOT_ACKNOWLEDGED);
    driver.poll(bus, 0);
    driver.poll(bus, 1_500_000);
    assertEquals(silent, driver.poll(bus, 17_000_000));
    measureOnce("666693beef92");
  }
}
