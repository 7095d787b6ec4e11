package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
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
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class TlsClientTest extends TlsBench {
  TlsClientTest(Transport transport, @TempDir Path folder) throws Exception {
    super(transport, folder);
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
