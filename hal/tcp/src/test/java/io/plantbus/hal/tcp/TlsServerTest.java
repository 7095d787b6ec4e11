package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.tcp.tls.Authority;
import io.plantbus.hal.tcp.tls.TlsSettings;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class TlsServerTest extends TlsBench {
  TlsServerTest(Transport transport, @TempDir Path folder) throws Exception {
    super(transport, folder);
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
}
