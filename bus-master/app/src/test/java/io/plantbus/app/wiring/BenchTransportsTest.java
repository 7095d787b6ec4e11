package io.plantbus.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of benches on the endpoints of this machine.
@Timeout(60)
class BenchTransportsTest {
  @TempDir private static Path folder = Path.of("");
  private static ServedExample example;

  @TempDir private Path own = Path.of("");

  @BeforeAll
  static void serve() throws Exception {
    example = new ServedExample("every-function.yaml", folder);
  }

  @AfterAll
  static void stop() {
    example.close();
  }

  private static void answers(String line, Response expected, Request request) throws Exception {
    assertEquals(new Outcome.Answered(expected), example.ask(line, request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtu", "ascii", "tcp", "rtu-over-tcp", "ascii-over-tcp", "udp"})
  void everyFunctionIsAnsweredBehindEveryTransport(String line) throws Exception {
    answers(
        line,
        new Response.Registers(RegisterBlock.of(4711)),
        new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 1)));
    answers(line, new Response.ExceptionStatus(5), new Request.ReadExceptionStatus());
    answers(
        line,
        Response.ServerId.of(ByteBlock.of(17), true, DeviceObject.of(0, "Plantbus").value()),
        new Request.ReportServerId());
    FileSpan records = new FileSpan(5, 9998, 2);
    answers(
        line,
        Response.Written.INSTANCE,
        new Request.WriteFileRecord(
            List.of(new FileRecord(5, 9998, RegisterBlock.of(17, line.length())))));
    answers(
        line,
        new Response.FileRecords(List.of(RegisterBlock.of(17, line.length()))),
        new Request.ReadFileRecord(List.of(records)));
    answers(
        line, new Response.FifoQueue(RegisterBlock.of(10, 20, 30)), new Request.ReadFifoQueue(500));
    assertEquals(
        "Plantbus",
        assertInstanceOf(
                Response.DeviceIdentification.class,
                assertInstanceOf(
                        Outcome.Answered.class,
                        example.ask(line, new Request.ReadDeviceIdentification(3, 0)))
                    .response())
            .objects()
            .stream()
            .map(DeviceObject::text)
            .findFirst()
            .orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void userDefinedFunctionsAnswerWhereFramesTellTheirLength(String line) throws Exception {
    answers(
        line,
        new Response.UserDefined(ByteBlock.of(1, 2)),
        new Request.UserDefined(65, ByteBlock.of(7, 8)));
  }

  @Test
  void aSlaveBehindTlsIsReadWithACertificateOnly() throws Exception {
    String obstacle = Certificates.unavailable();
    Assumptions.assumeTrue(obstacle == null, obstacle);
    Certificates.make(own);
    try (ServedExample secure = new ServedExample("secure-bench.yaml", own)) {
      String endpoint = secure.endpoint("secure");
      CommandLineRun read =
          CommandLineRun.of("read", endpoint, "-a", "17", "holding:0", "--timeout", "5s", "--json");
      assertEquals("", read.err());
      assertTrue(read.out().contains("4711"), read.out());

      String plain = endpoint.substring(0, endpoint.indexOf('?')).replace("tls:", "tcp:");
      CommandLineRun refused =
          CommandLineRun.of("read", plain, "-a", "17", "holding:0", "--timeout", "5s");
      assertFalse(refused.code() == 0, refused.out());
    }
  }

  @Test
  void endpointsAreToldAsTheyAreReached() throws Exception {
    Path copy = own.resolve("bench.yaml");
    Files.writeString(
        copy,
        Files.readString(folder.resolve("every-function.yaml"))
            .replace(folder.toString(), own.toString()));
    CommandLineRun run = CommandLineRun.of("simulate", copy.toString(), "--for", "100ms");
    assertEquals(0, run.code(), run.err());
    for (String endpoint :
        List.of(
            "rtu: rtu:" + own,
            "ascii: ascii:" + own,
            "tcp: tcp://127.0.0.1:",
            "rtu-over-tcp: rtu+tcp://127.0.0.1:",
            "ascii-over-tcp: ascii+tcp://127.0.0.1:",
            "udp: udp://127.0.0.1:",
            "; functions 7, 17, 20, 21, 24, 43, 65, 66")) {
      assertTrue(run.out().contains(endpoint), endpoint + " is missing in\n" + run.out());
    }
    assertEquals(2, run.out().lines().filter(line -> line.contains("mbpoll")).count(), run.out());
  }

  private CommandLineRun simulate(String lines) throws IOException {
    Path file = Files.writeString(own.resolve("bench.yaml"), "lines:\n" + lines.indent(2));
    return CommandLineRun.of("simulate", file.toString(), "--for", "1s");
  }

  @Test
  void aTakenPortIsToldWithThePlaceWhereItIsWritten() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      CommandLineRun run =
          simulate(
              "net: {type: tcp, host: 0.0.0.0, port: " + taken.getLocalPort() + ", units: {}}");
      assertEquals(4, run.code(), run.out());
      assertTrue(run.err().contains("bench.yaml:2:41: lines.net.port: "), run.err());
      assertTrue(run.err().contains("" + taken.getLocalPort()), run.err());
    }
  }

  @Test
  void aHostThatIsNotOursIsToldWithThePlaceWhereItIsWritten() throws Exception {
    CommandLineRun run = simulate("net: {type: udp, host: 192.0.2.1, port: 0, units: {}}");
    assertEquals(4, run.code(), run.out());
    assertTrue(run.err().contains("bench.yaml:2:26: lines.net.host: "), run.err());
  }

  @Test
  void aCertificateThatIsNoneIsToldWithThePlaceWhereItIsWritten() throws Exception {
    for (String file : List.of("a.pem", "a.key")) {
      Files.writeString(own.resolve(file), "nothing of use\n");
    }
    CommandLineRun run =
        simulate(
            "net: {type: tcp, port: 0, tls: {certificate: a.pem, key: a.key, trust: a.pem}, units:"
                + " {}}");
    assertEquals(4, run.code(), run.out());
    assertTrue(run.err().contains("bench.yaml:2:34: lines.net.tls: the "), run.err());
    assertTrue(run.err().contains("a.pem"), run.err());
  }

  @Test
  void aLinkThatCannotBeMadeIsToldWithThePlaceWhereItIsWritten() throws Exception {
    CommandLineRun run = simulate("pair: {type: serial, link: /proc/none/link, units: {}}");
    assertEquals(4, run.code(), run.out());
    assertTrue(run.err().contains("bench.yaml:2:30: lines.pair.link: "), run.err());
  }
}
