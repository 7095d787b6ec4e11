package io.plantbus.app.scada;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.PlantBench;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.app.wiring.SimulatedPorts;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteStep;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of different roles at one secured endpoint, over loopback.
class ScadaSecurityTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String READ = "03000A0001";
  private static final String WRITE = "06000A0007";
  private static final String DENIED = "01";
  private static final String PLANT =
      """
      lines: {net: {tcp: 127.0.0.1}}
      devices:
        plc:
          line: net
          unit: 1
          poll: 50ms
          tags: {setpoint: {address: "holding:1", access: read-write, max: 100}}
      scada:
        tls: {certificate: server.pem, key: server.key, trust: ca.pem}
        authorisation:
          - {role: Operator, access: read-write}
          - {role: Viewer, table: holding, addresses: 10..19}
        points: {"holding:10": {tag: plc.setpoint, type: uint16, writable: true}}
      """;

  @TempDir private static Path certificates = Path.of("");
  @TempDir private Path folder = Path.of("");
  private final Adapters adapters = new Adapters(NanoClock.system());
  private ServedBench bench;
  private BusMaster master;
  private ScadaEndpoint endpoint;
  private final Queue<String> origins = new ConcurrentLinkedQueue<>();

  /// Notes who writes.
  private final WriteAudit audit =
      new WriteAudit() {
        @Override
        public void asked(WriteIntent write, Runnable recorded) {
          origins.add(write.command().origin());
          recorded.run();
        }

        @Override
        public void stepped(WriteIntent write, WriteStep step) {}
      };

  @BeforeAll
  static void issue() throws IOException {
    String missing = Certificates.unavailable();
    Assumptions.assumeTrue(missing == null, missing);
    Certificates.make(certificates);
    Certificates.issue(certificates, "viewer", "Viewer");
    Certificates.issue(certificates, "guest", "Guest");
  }

  @BeforeEach
  void start() throws Exception {
    Path file = Files.writeString(certificates.resolve("plant.yaml"), PLANT);
    PlantFile plant = PlantFile.read(file, _ -> null).valueOrThrow();
    ScadaSpec spec = Objects.requireNonNull(plant.scada());
    assertEquals(802, spec.port());
    bench = ServedBench.start(PlantBench.of(plant.plant()), adapters, folder);
    master =
        RunningMaster.start(
            plant.plant(),
            new SimulatedPorts(adapters, bench),
            DriverShelf::driver,
            Observations.NONE,
            audit);
    endpoint =
        ScadaEndpoint.open(
            master,
            spec.withPort(0),
            adapters.streams(Objects.requireNonNull(spec.security()).files()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    endpoint.close();
    master.stop(0);
    bench.close();
    adapters.close();
  }

  private SSLSocket connect(String name) throws IOException, GeneralSecurityException {
    Certificates.Managers managers = Certificates.managers(certificates, name);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.keys().getKeyManagers(), managers.trust().getTrustManagers(), null);
    return open(context);
  }

  private SSLSocket open(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), endpoint.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// Sends a PDU and gives the PDU that answers it, both in hexadecimal digits.
  private static String ask(Socket client, String pdu) throws IOException {
    HexFormat hex = HexFormat.of().withUpperCase();
    client
        .getOutputStream()
        .write(hex.parseHex("00010000%04X01%s".formatted(1 + pdu.length() / 2, pdu)));
    byte[] head = client.getInputStream().readNBytes(7);
    assertEquals(7, head.length);
    return hex.formatHex(client.getInputStream().readNBytes(head[5] - 1));
  }

  /// Asks until the value has been polled.
  private static String read(Socket client) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    String answer = ask(client, READ);
    while (answer.equals("830B") && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      answer = ask(client, READ);
    }
    return answer;
  }

  @Test
  void anOperatorWritesAndAViewerReadsWhatWasWrittenButMayNotWrite() throws Exception {
    assertTrue(endpoint.name().startsWith("tls://"));
    try (Socket operator = connect("client");
        Socket viewer = connect("viewer")) {
      assertTrue(read(operator).startsWith("0302"));
      assertEquals(WRITE, ask(operator, WRITE));
      assertTrue(read(viewer).startsWith("0302"));
      assertEquals("86" + DENIED, ask(viewer, WRITE));
      assertEquals("86" + DENIED, ask(viewer, WRITE));
      assertEquals("84" + DENIED, ask(viewer, "0400000001"));
    }
    assertEquals(3, endpoint.denials());
    assertEquals(3, endpoint.report().denials());
    assertEquals(endpoint.name(), endpoint.report().name());
    assertEquals(1, origins.size());
    assertTrue(
        String.valueOf(origins.peek()).matches("scada .*127\\.0\\.0\\.1.* as Operator"),
        origins::toString);
  }

  @Test
  void aRoleWithoutARuleMayDoNothing() throws Exception {
    try (Socket guest = connect("guest")) {
      assertEquals("83" + DENIED, ask(guest, READ));
      assertEquals("91" + DENIED, ask(guest, "11"));
    }
  }

  @Test
  void aClientWithoutACertificateGetsNoConnection() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        null, Certificates.managers(certificates, "client").trust().getTrustManagers(), null);
    try (SSLSocket stranger = open(context)) {
      stranger.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(IOException.class, stranger::startHandshake);
    }
  }

  @Test
  void aHandshakeThatDoesNotGoOnHoldsUpNobody() throws Exception {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        Socket half = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        Socket operator = connect("client")) {
      half.getOutputStream().write(new byte[] {0x16, 0x03, 0x01});
      assertTrue(silent.isConnected());
      assertTrue(read(operator).startsWith("0302"));
    }
  }

  private static String problem(String text) {
    var reading = PlantFile.parse("plant.yaml", text, _ -> null);
    assertEquals(1, reading.problems().size());
    return reading.problems().getFirst().message();
  }

  @Test
  void withoutRulesOneIsWarnedAndWithoutTlsRulesAreRefused() {
    String rules = PLANT.substring(PLANT.indexOf("  authorisation"), PLANT.indexOf("  points"));
    String tls = PLANT.lines().filter(line -> line.contains("tls:")).findFirst().orElseThrow();
    assertEquals("no rule allows anybody anything", problem(PLANT.replace(rules, "")));
    assertEquals(
        "without 'tls' clients show no certificate, and so have no role",
        problem(PLANT.replace(tls + "\n", "")));
    assertNull(
        PlantFile.parse("plant.yaml", PLANT.replace("table: holding", "unit: 1"), _ -> null)
            .value());
  }
}
