package io.plantbus.app.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.app.device.Endpoint;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import org.junit.jupiter.api.Test;

class SerialDefaultsTest {
  @Covers(Requirement.SERIAL_DEFAULTS)
  @Test
  void aSerialLineIs19200BaudWithEvenParityUnlessToldOtherwise() {
    SerialSettings settings = SerialSettings.MODBUS_DEFAULT;
    assertEquals(SerialSettings.of(19_200, "8E1"), settings);
    assertEquals(11, settings.bitsPerCharacter());
    assertEquals(
        "rtu:/dev/ttyUSB0?baud=19200&format=8E1", Endpoint.parse("/dev/ttyUSB0").toString());
  }

  @Covers(Requirement.ASCII_SEVEN_BITS)
  @Test
  void aLineMayHaveSevenDataBits() {
    SerialSettings settings = SerialSettings.of(9_600, "7E1");
    assertEquals(7, settings.dataBits());
    assertEquals(10, settings.bitsPerCharacter());
    assertEquals(
        "rtu:/dev/ttyUSB0?baud=9600&format=7E1",
        Endpoint.parse("rtu:/dev/ttyUSB0?baud=9600&format=7E1").toString());
  }
}
