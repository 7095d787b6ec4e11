package io.plantbus.app.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "tcp://10.0.0.1:1502, tcp://10.0.0.1:1502",
    "tcp://gateway, tcp://gateway:502",
    "tcp:gateway:802, tcp://gateway:802",
    "gateway.local, tcp://gateway.local:502",
    "[fe80::1]:1502, tcp://[fe80::1]:1502",
    "::1, tcp://[::1]:502",
    "/dev/ttyUSB0, rtu:/dev/ttyUSB0?baud=19200&format=8E1",
    "rtu:/dev/ttyUSB0?baud=9600, rtu:/dev/ttyUSB0?baud=9600&format=8E1",
    "rtu:///dev/ttyS1?format=8n2&rs485=true, rtu:/dev/ttyS1?baud=19200&format=8N2&rs485=true",
    "RTU:/dev/ttyS1, rtu:/dev/ttyS1?baud=19200&format=8E1"
  })
  void usualFormsAreRead(String written, String meant) {
    assertEquals(meant, Endpoint.parse(written).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp://",
        "tcp://host:0",
        "tcp://host:70000",
        "tcp://host:x",
        "http://host",
        "rtu:",
        "rtu:/dev/a?speed=1",
        "rtu:/dev/a?baud=fast",
        "rtu:/dev/a?baud=7"
      })
  void otherFormsAreRefusedWithWhatToWrite(String written) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(written));
  }

  @Test
  void whatIsPrintedReadsBack() {
    Endpoint endpoint = Endpoint.parse("rtu:/dev/ttyUSB0?baud=115200&format=8N1");

    assertEquals(endpoint, Endpoint.parse(endpoint.toString()));
  }
}
