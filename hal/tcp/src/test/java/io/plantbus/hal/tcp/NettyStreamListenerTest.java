package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class NettyStreamListenerTest {
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort port;

  NettyStreamListenerTest(Transport transport) {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    port = new NettyStreamPort(transport, NanoClock.system(), 2, (_, f) -> failures.add(f));
  }

  @AfterEach
  void closePort() {
    port.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  /// Sends back what comes in; a byte 0xFF makes it close its link, 0xFE makes it throw.
  private static final class Echo implements Agent {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StreamLink link;
    private final byte[] buffer = new byte[256];

    Echo(StreamLink link) {
      this.link = link;
      events.add("accepted on " + Thread.currentThread().getName().replaceAll("\\d+", "N"));
    }

    @Override
    public String name() {
      return "echo " + link.peer();
    }

    @Override
    public long step(long nowNanos) {
      try {
        int count = link.read(buffer, 0, buffer.length);
        if (count > 0 && buffer[0] == (byte) 0xFF) {
          link.close();
        } else if (count > 0 && buffer[0] == (byte) 0xFE) {
          throw new IllegalStateException("told to");
        } else {
          assertEquals(count, link.write(buffer, 0, count));
        }
        return count > 0 ? nowNanos : NEVER;
      } catch (PortException loss) {
        events.add("lost " + loss.fault());
        return NEVER;
      }
    }

    @Override
    public void stopped() {
      events.add("stopped");
    }

    String next() throws InterruptedException {
      return String.valueOf(events.poll(ScriptedAgent.PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  private final BlockingQueue<Echo> accepted = new LinkedBlockingQueue<>();

  private StreamListener echoServer(int maxConnections) throws PortException {
    return port.listen("127.0.0.1", 0, maxConnections, this::echo);
  }

  private Agent echo(StreamLink link) {
    assertEquals(LinkState.OPEN, link.state());
    Echo agent = new Echo(link);
    accepted.add(agent);
    return agent;
  }

  private static Socket connect(StreamListener listener) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(ScriptedAgent.PATIENCE_SECONDS));
    return socket;
  }

  private static void assertEchoes(Socket socket) throws IOException {
    byte[] sent = {1, 2, 3, 4};
    socket.getOutputStream().write(sent);
    assertArrayEquals(sent, socket.getInputStream().readNBytes(4));
  }

  @Test
  void anAcceptedLinkIsServedUntilThePeerLeaves() throws Exception {
    StreamListener listener = echoServer(4);
    Echo agent;
    try (Socket socket = connect(listener)) {
      assertEchoes(socket);
      assertEchoes(socket);
      assertEquals(1, listener.connections());
      agent = accepted.take();
      assertEquals("127.0.0.1:" + socket.getLocalPort(), agent.link.peer());
    }
    assertEquals("accepted on plantbus-tcp-N", agent.next());
    assertEquals("lost LOST", agent.next());
    assertEquals("stopped", agent.next());
    awaitConnections(listener, 0);
  }

  @Test
  void anAgentThatClosesItsLinkIsStopped() throws Exception {
    try (Socket socket = connect(echoServer(4))) {
      socket.getOutputStream().write(0xFF);
      assertEquals(-1, socket.getInputStream().read());
    }
    Echo agent = accepted.take();
    agent.next();
    assertEquals("stopped", agent.next());
  }

  @Covers(Requirement.FAILING_APPLICATION)
  @Test
  void anAgentThatThrowsLosesItsLinkAndNobodyElse() throws Exception {
    StreamListener listener = echoServer(4);
    try (Socket other = connect(listener);
        Socket socket = connect(listener)) {
      assertEchoes(other);
      socket.getOutputStream().write(0xFE);
      assertEquals(-1, socket.getInputStream().read());
      assertEquals("told to", failures.remove().getMessage());
      assertEchoes(other);
    }
  }

  @Test
  void anAgentThatNeverReadsIsStoppedAfterTheLoss() throws Exception {
    BlockingQueue<ScriptedAgent> idle = new LinkedBlockingQueue<>();
    StreamAcceptor acceptor =
        _ -> {
          ScriptedAgent agent = new ScriptedAgent("idle", _ -> Agent.NEVER);
          agent.started.countDown();
          idle.add(agent);
          return agent;
        };
    try (StreamListener listener = port.listen("127.0.0.1", 0, 4, acceptor)) {
      connect(listener).close();
      ScriptedAgent.await(idle.take().stopped, "the agent was left running");
    }
  }

  @Test
  void anAcceptorThatThrowsCostsOneConnection() throws Exception {
    List<StreamLink> seen = new ArrayList<>();
    StreamAcceptor acceptor =
        link -> {
          if (seen.isEmpty()) {
            seen.add(link);
            throw new IllegalStateException("told to");
          }
          return echo(link);
        };
    try (StreamListener listener = port.listen("127.0.0.1", 0, 4, acceptor)) {
      try (Socket socket = connect(listener)) {
        assertEquals(-1, socket.getInputStream().read());
      }
      try (Socket socket = connect(listener)) {
        assertEchoes(socket);
      }
    }
  }

  @Covers(Requirement.HALF_REQUESTS)
  @Test
  void oneConnectionTooManyIsTurnedAwayAndCounted() throws Exception {
    StreamListener listener = echoServer(2);
    try (Socket first = connect(listener);
        Socket second = connect(listener)) {
      assertEchoes(first);
      assertEchoes(second);
      try (Socket third = connect(listener)) {
        assertEquals(-1, third.getInputStream().read());
      }
      assertEquals(2, listener.connections());
      assertEquals(1, listener.refusedConnections());
      first.getOutputStream().write(0xFF);
      assertEquals(-1, first.getInputStream().read());
      awaitConnections(listener, 1);
      try (Socket fourth = connect(listener)) {
        assertEchoes(fourth);
        assertEchoes(second);
      }
    }
  }

  private static void awaitConnections(StreamListener listener, int expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedAgent.PATIENCE_SECONDS);
    while (listener.connections() != expected && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, listener.connections());
  }

  @Test
  void aTakenPortIsToldSo() throws Exception {
    try (StreamListener listener = echoServer(1)) {
      PortException refusal = assertListenFails("127.0.0.1", listener.port());
      assertEquals(PortFault.BUSY, refusal.fault());
      assertTrue(refusal.getMessage().contains("127.0.0.1:" + listener.port()));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsToldSo() {
    PortException refusal = assertListenFails("192.0.2.1", 0);
    assertEquals(PortFault.FAILED, refusal.fault());
    assertTrue(refusal.getMessage().contains("'192.0.2.1' is not an address of this machine"));
  }

  @Test
  void anUnknownLocalNameIsToldSo() {
    assertEquals(PortFault.UNKNOWN_HOST, assertListenFails("no-such-host.invalid", 0).fault());
  }

  private PortException assertListenFails(String host, int tcpPort) {
    return assertThrows(PortException.class, () -> port.listen(host, tcpPort, 1, this::echo));
  }

  @Test
  void aClosedListenerStopsItsAgentsAndFreesItsPort() throws Exception {
    StreamListener listener = echoServer(4);
    try (Socket socket = connect(listener)) {
      assertEchoes(socket);
      listener.close();
      listener.close();
      assertEquals(-1, socket.getInputStream().read());
      assertThrows(ConnectException.class, () -> connect(listener).close());
    }
    Echo agent = accepted.take();
    agent.next();
    assertEquals("stopped", agent.next());
    port.listen("127.0.0.1", listener.port(), 1, this::echo).close();
  }

  @Test
  void aClosedPortLeavesNoThreadAndNoConnection() throws Exception {
    StreamListener listener = echoServer(4);
    try (Socket socket = connect(listener)) {
      assertEchoes(socket);
      port.close();
      assertEquals(-1, socket.getInputStream().read());
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("plantbus-tcp")) {
        assertTrue(
            thread.join(Duration.ofSeconds(ScriptedAgent.PATIENCE_SECONDS)), thread::getName);
      }
    }
    assertEquals(PortFault.CLOSED, assertListenFails("127.0.0.1", 0).fault());
  }
}
