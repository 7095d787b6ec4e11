package io.plantbus.app.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
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
    "RTU:/dev/ttyS1, rtu:/dev/ttyS1?baud=19200&format=8E1",
    "rtu:/dev/ttyS1?rs485=kernel, rtu:/dev/ttyS1?baud=19200&format=8E1&rs485=true",
    "rtu:/dev/a?rs485=rts&echo=auto, rtu:/dev/a?baud=19200&format=8E1&rs485=rts&echo=auto",
    "rtu:/dev/a?driver=linux, rtu:/dev/a?baud=19200&format=8E1&driver=linux",
    "ascii:/dev/ttyS1, ascii:/dev/ttyS1?baud=19200&format=7E1",
    "rtu+tcp://server:4001, rtu+tcp://server:4001",
    "ascii+tcp://server, ascii+tcp://server:502",
    "udp://10.0.0.1, udp://10.0.0.1:502",
    "tls://gateway?certificate=a.pem&key=a.key&trust=ca.pem,"
        + " tls://gateway:802?certificate=a.pem&key=a.key&trust=ca.pem"
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
        "rtu:/dev/a?baud=7",
        "rtu:/dev/a?rs485=perhaps",
        "rtu:/dev/a?echo=loud",
        "rtu:/dev/a?driver=windows",
        "ascii:",
        "udp://host:0",
        "tls://host",
        "tls://host?certificate=a.pem&key=a.key",
        "tls://host?certificate=a.pem&key=a.key&trust=ca.pem&trsut=x"
      })
  void otherFormsAreRefusedWithWhatToWrite(String written) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://[::1]:1502",
        "udp://10.0.0.1",
        "rtu+tcp://server:4001",
        "ascii+tcp://server",
        "rtu:/dev/ttyUSB0?baud=115200&format=8N1&rs485=rts&echo=auto&driver=jserialcomm",
        "ascii:/dev/ttyUSB0?format=7O1",
        "tls://gateway:8802?certificate=/a/own.pem&key=own.key&trust=ca.pem&name=plc-7",
        "tls://gateway?certificate=R%26D/a%25b.pem&key=a.key&trust=ca.pem"
      })
  void whatIsPrintedReadsBack(String written) {
    Endpoint endpoint = Endpoint.parse(written);

    assertEquals(endpoint, Endpoint.parse(endpoint.toString()));
    assertEquals(endpoint, Endpoint.of(endpoint.transport(1)));
  }

  @Test
  void aPathWithAnAmpersandIsWrittenSoThatItIsOneValue() {
    Endpoint endpoint =
        new Endpoint.Tcp(
            new HostAndPort("gateway", 802),
            StreamFraming.MBAP,
            new TlsFiles(Path.of("R&D/%26.pem"), Path.of("a b"), Path.of("x=y?z"), null));

    assertEquals(endpoint, Endpoint.parse(endpoint.toString()));
    assertEquals("tls://gateway:802", endpoint.place());
  }
}
