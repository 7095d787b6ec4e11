package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class NettyStreamOpeningTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort port;
  private final AgentRunner runner;
  private final ServerSocket server;

  NettyStreamOpeningTest(Transport transport) throws IOException {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    port = new NettyStreamPort(transport, NanoClock.system(), 1, (_, f) -> failures.add(f));
    runner = port.newRunner();
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @BeforeEach
  void boundWaits() throws IOException {
    server.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
  }

  @AfterEach
  void closeAll() throws IOException {
    port.close();
    server.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  private LinkOpener opener() {
    return port.opener(runner, "127.0.0.1", server.getLocalPort(), PATIENCE_NANOS);
  }

  private static PortException awaitLoss(LinkAgent agent) throws InterruptedException {
    ScriptedAgent.await(agent.lost, "the link was not lost");
    return agent.losses.getFirst();
  }

  @Test
  void aRefusedConnectionIsToldSo() throws Exception {
    server.close();
    PortException loss = awaitLoss(new LinkAgent(opener()).startOn(runner));
    assertEquals(PortFault.REFUSED, loss.fault());
    assertTrue(loss.getMessage().contains("127.0.0.1:" + server.getLocalPort()), loss.getMessage());
  }

  @Test
  void anUnknownHostIsToldSoWithoutHoldingTheRunner() throws Exception {
    LinkAgent agent =
        new LinkAgent(port.opener(runner, "no-such-host.invalid", 502, PATIENCE_NANOS));
    agent.startOn(runner);
    PortException loss = awaitLoss(agent);
    assertEquals(PortFault.UNKNOWN_HOST, loss.fault());
    assertTrue(loss.getMessage().contains("'no-such-host.invalid'"), loss.getMessage());
  }

  @Test
  void aPeerThatDoesNotAnswerIsUnreachableInTime() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assumeTrue(fillBacklog(deaf, fillers), "this system queues connections without end");
      LinkAgent agent =
          new LinkAgent(
              port.opener(
                  runner, "127.0.0.1", deaf.getLocalPort(), TimeUnit.MILLISECONDS.toNanos(50)));
      agent.startOn(runner);
      assertEquals(PortFault.UNREACHABLE, awaitLoss(agent).fault());
      assertEquals(List.of(LinkState.CONNECTING, LinkState.LOST), agent.states);
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  private static boolean fillBacklog(ServerSocket deaf, List<Socket> fillers) throws IOException {
    for (int i = 0; i < 8; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort()), 200);
      } catch (SocketTimeoutException _) {
        return true;
      }
    }
    return false;
  }
}
