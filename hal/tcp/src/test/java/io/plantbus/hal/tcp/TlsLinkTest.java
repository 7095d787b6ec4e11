package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.tcp.tls.Authority;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class TlsLinkTest {
  private static final String[] VERSIONS = {"TLSv1.2", "TLSv1.3"};
  private static final long PATIENCE_NANOS =
      TimeUnit.SECONDS.toNanos(ScriptedAgent.PATIENCE_SECONDS);
  private static final int PATIENCE_MILLIS =
      (int) TimeUnit.SECONDS.toMillis(ScriptedAgent.PATIENCE_SECONDS);

  private final Path folder;
  private final Authority authority = new Authority("plant");
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort plain;
  private final AgentRunner runner;
  private final TlsSettings settings;
  private final BlockingQueue<StreamLink> accepted = new LinkedBlockingQueue<>();

  TlsLinkTest(Transport transport, @TempDir Path folder) throws Exception {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    this.folder = folder;
    plain = new NettyStreamPort(transport, NanoClock.system(), 2, (_, f) -> failures.add(f));
    runner = plain.newRunner();
    settings = TlsSettings.of(authority.identity(folder, authority.issue("EC")));
  }

  @AfterEach
  void closePort() {
    plain.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  private StreamListener echoServer(TlsSettings tls) throws PortException {
    return plain.secured(tls).listen("127.0.0.1", 0, 4, this::echo);
  }

  private Agent echo(StreamLink link) {
    accepted.add(link);
    byte[] buffer = new byte[700];
    int[] kept = {0, 0};
    ScriptedAgent agent =
        new ScriptedAgent(
            "echo",
            now -> {
              try {
                if (kept[0] == kept[1]) {
                  kept[0] = 0;
                  kept[1] = link.read(buffer, 0, buffer.length);
                }
                int written = link.write(buffer, kept[0], kept[1] - kept[0]);
                kept[0] += written;
                return written > 0 ? now : Agent.NEVER;
              } catch (PortException _) {
                return Agent.NEVER;
              }
            });
    agent.started.countDown();
    return agent;
  }

  /// Sends bytes as soon as the link is open, and reads as many.
  private static final class Sender extends LinkAgent {
    private final byte[] bytes;
    private int sent;

    Sender(LinkOpener opener, byte[] bytes) {
      super(opener);
      this.bytes = bytes;
    }

    @Override
    long drive(Link current, long nowNanos) throws PortException {
      int written = current.write(bytes, sent, bytes.length - sent);
      sent += written;
      long next = super.drive(current, nowNanos);
      if (received.size() >= bytes.length) {
        stopped.countDown();
      }
      return written > 0 ? nowNanos : next;
    }
  }

  private Sender client(TlsSettings tls, int port, byte[] bytes) {
    Sender sender =
        new Sender(plain.secured(tls).opener(runner, "127.0.0.1", port, PATIENCE_NANOS), bytes);
    sender.startOn(runner);
    return sender;
  }

  private static PortException awaitLoss(LinkAgent agent) throws InterruptedException {
    ScriptedAgent.await(agent.lost, "the link was not lost");
    return agent.losses.getFirst();
  }

  private static void assertUntrusted(PortException loss, String told) {
    assertEquals(PortFault.UNTRUSTED, loss.fault(), loss.getMessage());
    assertTrue(loss.getMessage().contains(told), loss.getMessage());
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void bothSidesKnowEachOtherAndBytesGoBothWays() throws Exception {
    for (String algorithm : new String[] {"EC", "RSA"}) {
      Authority.Issued own = authority.issue(algorithm);
      TlsSettings server = TlsSettings.of(authority.identity(folder, own));
      byte[] bytes = new byte[150_000];
      new Random(3).nextBytes(bytes);
      try (StreamListener listener = echoServer(server)) {
        Sender sender = client(settings, listener.port(), bytes);
        ScriptedAgent.await(sender.stopped, "the echo did not come");
        assertArrayEquals(bytes, sender.received.toByteArray());
        assertEquals(own.certificate(), sender.link().peerCertificate());
        StreamLink served = accepted.take();
        assertEquals(settings.identity().certificate(), served.peerCertificate());
        assertNotNull(settings.identity().certificate().getExtensionValue(Authority.ROLE_OID));
        assertTrue(served.name().startsWith("tls://127.0.0.1:"), served::name);
      }
    }
  }

  @Test
  void aPlainLinkHasNoCertificate() throws Exception {
    try (StreamListener listener = plain.listen("127.0.0.1", 0, 1, this::echo);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(7);
      assertEquals(7, socket.getInputStream().read());
      assertEquals(null, accepted.take().peerCertificate());
    }
  }

  private static SSLSocket connect(SSLContext context, int port, String version)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  private static void assertEchoes(SSLSocket socket) throws IOException {
    byte[] sent = {1, 2, 3, 4};
    socket.getOutputStream().write(sent);
    assertArrayEquals(sent, socket.getInputStream().readNBytes(4));
  }

  /// Whether the socket, after this, still brings bytes back; closed and reset are both no.
  private static boolean echoes(SSLSocket socket, boolean handshakingAgain) {
    try {
      if (handshakingAgain) {
        socket.startHandshake();
      }
      socket.getOutputStream().write(5);
      return socket.getInputStream().read() == 5;
    } catch (IOException _) {
      return false;
    }
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aForeignClientWithACertificateIsServedInBothVersions() throws Exception {
    try (StreamListener listener = echoServer(settings)) {
      for (String version : VERSIONS) {
        SSLContext context = authority.jdk(authority.issue("RSA"));
        try (SSLSocket socket = connect(context, listener.port(), version)) {
          assertEchoes(socket);
          assertEquals(version, socket.getSession().getProtocol());
        }
      }
    }
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aClientThatDoesNotProveWhoItIsIsNeverServed() throws Exception {
    Authority other = new Authority("other");
    Authority.Issued expired =
        authority.issue(
            "EC", Duration.ofDays(-1), new GeneralName(GeneralName.dNSName, "old.example"));
    int refused = 0;
    try (StreamListener listener = echoServer(settings)) {
      for (Authority.@Nullable Issued bad :
          new Authority.@Nullable Issued[] {null, other.issue("EC"), expired}) {
        for (String version : VERSIONS) {
          try (SSLSocket socket = connect(authority.jdk(bad), listener.port(), version)) {
            assertFalse(echoes(socket, false));
          }
          refused++;
          awaitRefused(listener, refused);
        }
      }
      assertTrue(accepted.isEmpty());
    }
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aClientOfAnOldVersionIsNeverServed() throws Exception {
    byte[] hello = new byte[50]; // its random bytes are zero
    byte[] head = {0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2}; // TLS 1.1
    System.arraycopy(head, 0, hello, 0, head.length);
    byte[] suites = {0, 0, 2, (byte) 0xC0, 0x13, 1, 0}; // no session, ECDHE-RSA-AES128-SHA
    System.arraycopy(suites, 0, hello, 43, suites.length);
    try (StreamListener listener = echoServer(settings);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(hello);
      byte[] alert = socket.getInputStream().readAllBytes();
      assertEquals(7, alert.length);
      assertEquals(0x15, alert[0]);
      assertEquals(70, alert[6], "protocol version");
      awaitRefused(listener, 1);
      assertTrue(accepted.isEmpty());
    }
  }

  private static void awaitRefused(StreamListener listener, long expected) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while ((listener.refusedConnections() < expected || listener.connections() > 0)
        && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, listener.refusedConnections());
    assertEquals(0, listener.connections());
  }

  @Covers(Requirement.TLS_CLOSE)
  @Test
  void halfAHandshakeDoesNotHoldAConnection() throws Exception {
    TlsSettings hasty = settings.handshakeWithin(TimeUnit.MILLISECONDS.toNanos(100));
    try (StreamListener listener = echoServer(hasty)) {
      for (byte[] start : new byte[][] {{}, {0x16, 3, 1}, {0x16, 3, 1, 1, 0, 1}}) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
          socket.setSoTimeout(PATIENCE_MILLIS);
          socket.getOutputStream().write(start);
          assertTrue(socket.getInputStream().readAllBytes().length < 50);
        }
      }
      awaitRefused(listener, 3);
    }
  }

  @Covers(Requirement.TLS_CLOSE)
  @Test
  void bytesThatAreNotTlsCostOneConnection() throws Exception {
    try (StreamListener listener = echoServer(settings)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1});
        assertTrue(socket.getInputStream().readAllBytes().length < 50);
      }
      awaitRefused(listener, 1);
      try (SSLSocket socket =
          connect(authority.jdk(authority.issue("EC")), listener.port(), "TLSv1.3")) {
        assertEchoes(socket);
      }
    }
  }

  @Covers(Requirement.TLS_CLOSE)
  @Test
  void aClientThatRenegotiatesIsClosed() throws Exception {
    try (StreamListener listener = echoServer(settings);
        SSLSocket socket =
            connect(authority.jdk(authority.issue("EC")), listener.port(), "TLSv1.2")) {
      assertEchoes(socket);
      assertFalse(echoes(socket, true));
    }
  }

  /// A foreign server that echoes one byte after the other to each client.
  private SSLServerSocket jdkServer(SSLContext context, String version) throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    server.setEnabledProtocols(new String[] {version});
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().transferTo(socket.getOutputStream());
                } catch (IOException _) {
                  // That client is done; the next one may come.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private PortException lossWith(SSLContext server, TlsSettings client) throws Exception {
    PortException last = null;
    for (String version : VERSIONS) {
      try (SSLServerSocket socket = jdkServer(server, version)) {
        PortException loss = awaitLoss(client(client, socket.getLocalPort(), new byte[] {1}));
        assertEquals(null, loss.getCause());
        assertTrue(last == null || last.fault() == loss.fault(), loss::getMessage);
        last = loss;
      }
    }
    return Objects.requireNonNull(last);
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aForeignServerIsSpokenToInBothVersions() throws Exception {
    for (String version : VERSIONS) {
      try (SSLServerSocket server = jdkServer(authority.jdk(authority.issue("EC")), version)) {
        Sender sender = client(settings, server.getLocalPort(), new byte[] {1, 2, 3});
        ScriptedAgent.await(sender.stopped, "the echo did not come");
        assertArrayEquals(new byte[] {1, 2, 3}, sender.received.toByteArray());
      }
    }
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aServerOfAnUnknownAuthorityIsToldSo() throws Exception {
    Authority other = new Authority("other");
    assertUntrusted(lossWith(other.jdk(other.issue("EC")), settings), "authority");
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void anExpiredServerIsToldSo() throws Exception {
    Authority.Issued expired =
        authority.issue(
            "EC", Duration.ofDays(-1), new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    assertUntrusted(lossWith(authority.jdk(expired), settings), "expired");
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aServerMustCarryTheExpectedName() throws Exception {
    Authority.Issued named =
        authority.issue(
            "EC", Duration.ofDays(1), new GeneralName(GeneralName.dNSName, "plc7.plant.example"));
    SSLContext context = authority.jdk(named);
    assertUntrusted(lossWith(context, settings), "another name");
    assertUntrusted(lossWith(context, settings.expecting("plc8.plant.example")), "another name");
    try (SSLServerSocket server = jdkServer(context, "TLSv1.3")) {
      Sender sender =
          client(settings.expecting("plc7.plant.example"), server.getLocalPort(), new byte[] {9});
      ScriptedAgent.await(sender.stopped, "the echo did not come");
    }
  }

  @Test
  void aServerThatDoesNotTrustUsIsToldSo() throws Exception {
    Authority other = new Authority("other");
    Authority.Issued server = authority.issue("EC");
    assertUntrusted(lossWith(other.jdk(server), settings), "authority that it trusts");
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsToldSo() throws Exception {
    assertUntrusted(lossTo(new byte[] {0, 1, 0, 0, 0, 3, 1, (byte) 0x83, 1}), "not speak TLS");
    assertUntrusted(lossTo(new byte[0]), "closed the connection");
  }

  @Covers(Requirement.MUTUAL_TLS)
  @Test
  void aServerOfAnOldVersionIsToldSo() throws Exception {
    assertUntrusted(lossTo(new byte[] {0x15, 3, 1, 0, 2, 2, 70}), "protocol version");
  }

  @Test
  void aServerThatNeverAnswersIsUnreachableInTime() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      TlsSettings hasty = settings.handshakeWithin(TimeUnit.MILLISECONDS.toNanos(50));
      PortException loss = awaitLoss(client(hasty, server.getLocalPort(), new byte[1]));
      assertEquals(PortFault.UNREACHABLE, loss.fault());
      assertTrue(loss.getMessage().contains("handshake"), loss.getMessage());
    }
  }

  /// What becomes of a link to a server that says only this.
  private PortException lossTo(byte[] answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      Sender sender = client(settings, server.getLocalPort(), new byte[] {1});
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        assertTrue(socket.getInputStream().read(new byte[1000]) > 0);
        socket.getOutputStream().write(answer);
        socket.shutdownOutput();
        return awaitLoss(sender);
      }
    }
  }
}
