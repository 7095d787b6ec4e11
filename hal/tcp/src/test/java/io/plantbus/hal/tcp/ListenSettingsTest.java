package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
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
class ListenSettingsTest {
  private static final InetAddress MASTER = InetAddress.ofLiteral("127.0.0.2");
  private static final int PATIENCE_MILLIS =
      (int) TimeUnit.SECONDS.toMillis(ScriptedAgent.PATIENCE_SECONDS);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort port;
  private final BlockingQueue<StreamLink> accepted = new LinkedBlockingQueue<>();

  ListenSettingsTest(Transport transport) {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    port = new NettyStreamPort(transport, NanoClock.system(), 2, (_, f) -> failures.add(f));
  }

  @AfterEach
  void closePort() {
    port.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  private StreamListener listen(ListenSettings settings) throws PortException {
    return port.listen("127.0.0.1", 0, settings, this::echo);
  }

  private Agent echo(StreamLink link) {
    accepted.add(link);
    byte[] buffer = new byte[16];
    ScriptedAgent agent =
        new ScriptedAgent(
            "echo",
            _ -> {
              try {
                link.write(buffer, 0, link.read(buffer, 0, buffer.length));
              } catch (PortException _) {
                // The listener stops the agent.
              }
              return Agent.NEVER;
            });
    agent.started.countDown();
    return agent;
  }

  private static Socket connect(StreamListener listener, InetAddress from) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()), PATIENCE_MILLIS);
    return socket;
  }

  private static Socket connect(StreamListener listener) throws IOException {
    return connect(listener, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static boolean echoes(Socket socket) {
    try {
      socket.getOutputStream().write(7);
      return socket.getInputStream().read() == 7;
    } catch (IOException _) {
      return false;
    }
  }

  @Covers(Requirement.RESERVED_CLIENT)
  @Test
  void aCrowdCannotLockOutAConfiguredClient() throws Exception {
    try (StreamListener listener = listen(ListenSettings.of(1).reserving(1, MASTER::equals));
        Socket first = connect(listener)) {
      assertTrue(echoes(first));
      try (Socket second = connect(listener)) {
        assertFalse(echoes(second));
      }
      try (Socket master = connect(listener, MASTER)) {
        assertTrue(echoes(master));
        try (Socket returned = connect(listener, MASTER)) {
          assertTrue(echoes(returned));
          assertFalse(echoes(master));
        }
      }
      assertTrue(echoes(first));
      assertEquals(1, listener.refusedConnections());
      assertEquals(1, listener.expiredConnections());
    }
  }

  @Covers(Requirement.RESERVED_CLIENT)
  @Test
  void theLongestSilentConnectionMakesRoom() throws Exception {
    try (StreamListener listener = listen(ListenSettings.of(2).whenFull(WhenFull.CLOSE_IDLEST));
        Socket first = connect(listener);
        Socket second = connect(listener)) {
      assertTrue(echoes(second));
      assertTrue(echoes(first));
      try (Socket third = connect(listener)) {
        assertTrue(echoes(third));
        assertFalse(echoes(second));
        assertTrue(echoes(first));
      }
      assertEquals(0, listener.refusedConnections());
      assertEquals(1, listener.expiredConnections());
    }
  }

  @Covers(Requirement.ACCESS_CONTROL)
  @Test
  void anAddressThatIsNotAdmittedIsTurnedAway() throws Exception {
    try (StreamListener listener = listen(ListenSettings.of(2).admitting(MASTER::equals));
        Socket stranger = connect(listener);
        Socket master = connect(listener, MASTER)) {
      assertFalse(echoes(stranger));
      assertTrue(echoes(master));
      assertEquals(1, listener.refusedConnections());
    }
  }

  @Test
  void aPeerThatSendsNothingForTooLongIsClosed() throws Exception {
    long idle = TimeUnit.MILLISECONDS.toNanos(100);
    try (StreamListener listener = listen(ListenSettings.of(2).closingIdleAfter(idle));
        Socket socket = connect(listener)) {
      assertEquals(-1, socket.getInputStream().read());
      assertEquals(1, listener.expiredConnections());
    }
  }

  @Covers(Requirement.KEEP_ALIVE)
  @Test
  void keepAliveIsSetInTheKernelAndItsTimesWhereTheTransportCan() throws Exception {
    KeepAlive keepAlive = new KeepAlive(5, 2, 4, 9_000);
    try (NettyStreamPort kept = port.keptAlive(keepAlive);
        StreamListener listener = kept.listen("127.0.0.1", 0, 1, this::echo)) {
      AgentRunner runner = kept.newRunner();
      LinkAgent client =
          new LinkAgent(
              kept.opener(
                  runner,
                  "127.0.0.1",
                  listener.port(),
                  TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)));
      client.startOn(runner);
      ScriptedAgent.await(client.open, "the link did not open");
      for (StreamLink link : new StreamLink[] {client.link(), accepted.take()}) {
        Channel channel = Objects.requireNonNull(((NettyStreamLink) link).channel());
        assertTrue(channel.config().getOption(ChannelOption.SO_KEEPALIVE));
        if (channel.config() instanceof EpollSocketChannelConfig config) {
          assertEquals(5, config.getTcpKeepIdle());
          assertEquals(2, config.getTcpKeepIntvl());
          assertEquals(4, config.getTcpKeepCnt());
          assertEquals(9_000, config.getTcpUserTimeout());
        }
      }
    }
  }

  @Covers({Requirement.NO_DELAY, Requirement.KEEP_ALIVE})
  @Test
  void smallUnitsAreSentAtOnceAndSilentPeersProbed() throws Exception {
    try (StreamListener listener = listen(ListenSettings.of(1))) {
      AgentRunner runner = port.newRunner();
      LinkAgent client =
          new LinkAgent(
              port.opener(
                  runner,
                  "127.0.0.1",
                  listener.port(),
                  TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)));
      client.startOn(runner);
      ScriptedAgent.await(client.open, "the link did not open");
      for (StreamLink link : new StreamLink[] {client.link(), accepted.take()}) {
        Channel channel = Objects.requireNonNull(((NettyStreamLink) link).channel());
        assertEquals(true, channel.config().getOption(ChannelOption.TCP_NODELAY));
        assertEquals(true, channel.config().getOption(ChannelOption.SO_KEEPALIVE));
      }
    }
  }
}
