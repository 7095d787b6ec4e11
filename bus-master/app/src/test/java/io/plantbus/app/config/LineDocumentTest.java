package io.plantbus.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plantbus.devices.document.Reading;
import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.WhenRefused;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineDocumentTest {
  private static Reading<PlantFile> parse(String line) {
    return PlantFile.parse("/plants/one/plant.yaml", text(line), _ -> null);
  }

  private static String text(String line) {
    return "lines:\n  a: {" + line + "}\ndevices: {}\n";
  }

  private static Transport transport(String line) {
    return parse(line).valueOrThrow().plant().lines().getFirst().transport();
  }

  private static LineDirection direction(String keys) {
    return ((Transport.Serial) transport("rtu: /dev/ttyS1" + keys)).settings().direction();
  }

  @Test
  void anAsciiLineHasSevenBitsUnlessWritten() {
    assertEquals(
        new Transport.Serial(
            "/dev/ttyS1",
            SerialFraming.ASCII,
            SerialSettings.of(9600, "7E1"),
            EchoMode.AUTO,
            0,
            100_000_000,
            SerialDriver.LINUX),
        transport("ascii: /dev/ttyS1, baud: 9600, echo: auto, driver: linux"));
  }

  @Test
  void linesOverANetworkHaveThePortOfTheirKind() {
    assertEquals(
        List.of(
            new Transport.Tcp("gw", 4001, StreamFraming.RTU, 1, 3_000_000_000L, null),
            new Transport.Tcp("gw", 502, StreamFraming.ASCII, 1, 3_000_000_000L, null),
            new Transport.Udp("gw", 502, 4)),
        List.of(
            transport("rtu-over-tcp: 'gw:4001'"),
            transport("ascii-over-tcp: gw"),
            transport("udp: gw, window: 4")));
  }

  @Test
  void theFilesOfATlsLineStandBesideThePlantFile() {
    assertEquals(
        new Transport.Tcp(
            "gw",
            802,
            StreamFraming.MBAP,
            1,
            3_000_000_000L,
            new TlsFiles(
                Path.of("/plants/one/own.pem"),
                Path.of("/plants/keys/own.key"),
                Path.of("/etc/ca.pem"),
                "plc7")),
        transport(
            "tls: gw, certificate: own.pem, key: ../keys/own.key, trust: /etc/ca.pem,"
                + " server-name: plc7"));
  }

  @Test
  void theDirectionOfAPairIsReadInEveryDetail() {
    assertEquals(LineDirection.NONE, direction(""));
    assertEquals(LineDirection.NONE, direction(", rs485: false"));
    assertEquals(LineDirection.KERNEL, direction(", rs485: true"));
    assertEquals(LineDirection.KERNEL, direction(", rs485: kernel"));
    assertEquals(
        LineDirection.KERNEL.withWhenRefused(WhenRefused.RTS).withReceiveWhileSending(true),
        direction(", rs485: kernel, rs485-refused: rts, receive-while-sending: true"));
    assertEquals(
        LineDirection.RTS.withRtsHighWhileSending(false).withDelaysMicros(200, 100_000),
        direction(", rs485: rts, rts-level: low, rts-before: 200us, rts-after: 100ms"));
  }

  @Test
  void aReceiverThatStaysOnHearsItsOwnFramesUnlessWritten() {
    assertEquals(EchoMode.NONE, echo("rs485: rts"));
    assertEquals(EchoMode.EXPECTED, echo("rs485: rts, receive-while-sending: true"));
    assertEquals(EchoMode.AUTO, echo("rs485: rts, receive-while-sending: true, echo: auto"));
  }

  private static EchoMode echo(String keys) {
    return ((Transport.Serial) transport("rtu: /dev/ttyS1, " + keys)).echo();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rtu: /dev/a, rs485: yes         | lines.a.rs485: 'yes' is not one of off, kernel, rts; write one of them
          rtu: /dev/a, echo: exspected    | lines.a.echo: 'exspected' is not one of none, expected, auto; did you mean 'expected'?
          rtu: /dev/a, rts-level: low     | lines.a.rts-level: rts-level means nothing while rs485 is off; write rs485: kernel or rs485: rts, or leave it out
          rtu: /dev/a, rs485: rts, rts-after: 1s | lines.a.rts-after: '1s' is not a duration 0s..100ms; write a number and a unit such as 500ms, 1s or 2m, within 0s..100ms
          rtu: /dev/a, rs485: rts, driver: jserialcomm | lines.a.driver: jserialcomm cannot turn a pair by RTS; write driver: linux, or leave it out
          tls: gw, certificate: a, key: b | lines.a: required key 'trust' is missing; write 'trust:' and a file
          udp: 'gw:0'                     | lines.a.udp: a port must be 1..65535, was 0: write HOST:PORT
          rtu-over-tcp: gw, window: 2     | lines.a.window: unknown key 'window'; keys of a line of RTU over TCP are: rtu-over-tcp, connect-timeout, timeout, least-timeout, retries, suspect-share, capture-ring, reconnect-min, reconnect-max
          """)
  void whatIsWrongIsToldWithItsKeyAndARemedy(String line, String told) {
    String report = parse(line).report();

    assertEquals(told, report.replaceFirst("^[^ ]*plant.yaml:2:\\d+: ", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtu: /dev/a, rs485: true",
        "rtu: /dev/a, rs485: rts, rts-level: low, rts-before: 1ms, echo: none",
        "ascii: /dev/a, driver: jserialcomm",
        "udp: gw",
        "rtu-over-tcp: gw",
        "tls: gw, certificate: a, key: b, trust: c"
      })
  void theSchemaTakesItToo(String line) {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    assertEquals("", parse(line).report());
    assertEquals(
        List.of(),
        registry
            .getSchema(PlantFile.schema(), InputFormat.JSON)
            .validate(text(line), InputFormat.YAML));
  }
}
