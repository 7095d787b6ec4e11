package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class NettyStreamLinkTest extends NettyStreamBench {
  NettyStreamLinkTest(Transport transport) throws IOException {
    super(transport);
  }

  @Test
  void bytesArriveInOrderHoweverTheyAreCut() throws Exception {
    LinkAgent agent = new LinkAgent(opener()).startOn(runner);
    byte[] sent = random(5_000);
    try (Socket peer = server.accept()) {
      peer.setTcpNoDelay(true);
      OutputStream out = peer.getOutputStream();
      for (int at = 0, cut = 1; at < sent.length; at += cut, cut = cut * 2 % 1021 + 1) {
        out.write(sent, at, Math.min(cut, sent.length - at));
      }
    }
    assertEquals(PortFault.LOST, awaitLoss(agent).fault());
    assertArrayEquals(sent, agent.received.toByteArray());
    assertEquals(LinkState.CONNECTING, agent.states.getFirst());
    assertEquals(LinkState.LOST, agent.states.getLast());
  }

  @Test
  void aLinkTellsWhoItsPeerIs() throws Exception {
    LinkAgent agent =
        new LinkAgent(port.opener(runner, "localhost", server.getLocalPort(), PATIENCE_NANOS));
    agent.startOn(runner);
    try (Socket _ = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      StreamLink link = agent.link();
      assertEquals("tcp://localhost:" + server.getLocalPort(), link.name());
      assertEquals("127.0.0.1:" + server.getLocalPort(), link.peer());
      assertEquals(0, link.overruns());
    }
  }

  @Test
  void theStepRunsInsideTheReadThatBroughtTheBytes() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          void afterRead() {
            boolean inRead =
                StackWalker.getInstance()
                    .walk(
                        all -> all.anyMatch(f -> f.getMethodName().equals("channelReadComplete")));
            if (inRead && received.size() > 0) {
              inside.countDown();
            }
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      peer.getOutputStream().write(new byte[12]);
      ScriptedAgent.await(inside, "the step was handed over");
    }
  }

  @Test
  void aResetIsALoss() throws Exception {
    LinkAgent agent = new LinkAgent(opener()).startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      peer.setSoLinger(true, 0);
    }
    assertEquals(PortFault.LOST, awaitLoss(agent).fault());
  }

  @Test
  void aLossIsThrownAgainUntilTheLinkIsClosed() throws Exception {
    CountDownLatch checked = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link current, long nowNanos) throws PortException {
            if (current.state() == LinkState.LOST) {
              byte[] buffer = new byte[10];
              assertEquals(3, current.read(buffer, 0, 10));
              for (int i = 0; i < 2; i++) {
                assertEquals(PortFault.LOST, loss(() -> current.read(buffer, 0, 10)));
                assertEquals(PortFault.LOST, loss(() -> current.write(buffer, 0, 10)));
              }
              current.close();
              current.close();
              assertEquals(LinkState.CLOSED, current.state());
              assertEquals(PortFault.CLOSED, loss(() -> current.read(buffer, 0, 10)));
              assertEquals(PortFault.CLOSED, loss(() -> current.write(buffer, 0, 10)));
              checked.countDown();
            }
            return NEVER;
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      peer.getOutputStream().write(new byte[3]);
    }
    ScriptedAgent.await(checked, "the loss was not seen");
  }

  private interface Use {
    void run() throws PortException;
  }

  private static PortFault loss(Use use) {
    return assertThrows(PortException.class, use::run).fault();
  }

  @Test
  void aSlowReaderHoldsThePeerBackAndLosesNothing() throws Exception {
    byte[] sent = random(8 << 20);
    CountDownLatch mayRead = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link current, long nowNanos) throws PortException {
            return mayRead.getCount() > 0 ? NEVER : super.drive(current, nowNanos);
          }
        };
    agent.startOn(runner);
    AtomicLong taken = new AtomicLong();
    CountDownLatch allSent = new CountDownLatch(1);
    try (Socket peer = server.accept()) {
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (OutputStream out = peer.getOutputStream()) {
                      for (int at = 0; at < sent.length; at += 1 << 16) {
                        out.write(sent, at, 1 << 16);
                        taken.addAndGet(1 << 16);
                      }
                      allSent.countDown();
                    } catch (IOException e) {
                      failures.add(e);
                    }
                  });
      awaitStandstill(taken);
      assertTrue(taken.get() < sent.length, "the peer was not held back");
      mayRead.countDown();
      agent.handle().wake();
      ScriptedAgent.await(allSent, "the peer is still held back");
      writer.join();
    }
    PortException loss = awaitLoss(agent);
    assertArrayEquals(sent, agent.received.toByteArray(), loss::getMessage);
  }

  /// What the kernel holds when the peer leaves is read all the same, though the ring is full then.
  @Test
  void bytesThatThePeerLeftBehindAreReadSlowly() throws Exception {
    byte[] sent = random(200_000);
    CountDownLatch mayRead = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link current, long nowNanos) throws PortException {
            return mayRead.getCount() > 0 ? NEVER : super.drive(current, nowNanos);
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      peer.getOutputStream().write(sent);
    }
    LinkAgent other = new LinkAgent(opener()).startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(other.open, "the runner is held up");
      peer.getOutputStream().write(1);
    }
    awaitLoss(other);
    mayRead.countDown();
    agent.handle().wake();
    awaitLoss(agent);
    assertArrayEquals(sent, agent.received.toByteArray());
  }

  @Test
  void manyLinksShareOneRunner() throws Exception {
    int count = 60;
    List<LinkAgent> agents = new ArrayList<>();
    List<Socket> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      agents.add(new LinkAgent(opener()).startOn(runner));
      peers.add(server.accept());
    }
    for (Socket peer : peers) {
      peer.getOutputStream().write(random(700));
    }
    for (Socket peer : peers) {
      peer.close();
    }
    for (LinkAgent agent : agents) {
      awaitLoss(agent);
      assertArrayEquals(random(700), agent.received.toByteArray());
    }
  }

  @Test
  void discardedInputIsGone() throws Exception {
    CountDownLatch discarded = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          private int bytes;

          @Override
          long drive(Link current, long nowNanos) throws PortException {
            bytes += current.read(new byte[1], 0, 1);
            if (bytes == 1) {
              current.discardInput();
              bytes++;
              discarded.countDown();
              return NEVER;
            }
            return bytes == 0 ? NEVER : super.drive(current, nowNanos);
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      peer.getOutputStream().write(new byte[100]);
      ScriptedAgent.await(discarded, "nothing came");
    }
    awaitLoss(agent);
    assertEquals(0, agent.received.size());
  }

  @Test
  void aLinkClosedByItsOwnerEndsThePeersStream() throws Exception {
    LinkAgent agent = new LinkAgent(opener()).startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      agent.handle().stop();
      InputStream in = peer.getInputStream();
      assertEquals(-1, in.read());
    }
    assertTrue(agent.losses.isEmpty());
  }

  @Test
  void anAbortedLinkIsResetForItsPeer() throws Exception {
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link link, long nowNanos) throws PortException {
            if (link.read(new byte[1], 0, 1) > 0) {
              link().abort();
              link().abort();
              assertEquals(LinkState.CLOSED, link.state());
            }
            return NEVER;
          }
        }.startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(agent.open, "not open");
      peer.getOutputStream().write(1);
      assertThrows(SocketException.class, () -> peer.getInputStream().read());
    }
  }

  @Test
  void aLinkIsOpenedOnItsRunnerOnly() {
    assertThrows(IllegalStateException.class, () -> opener().open());
    try (NettyStreamPort other = new NettyStreamPort(NanoClock.system(), 1, (_, _) -> {})) {
      AgentRunner foreign = other.newRunner();
      assertThrows(IllegalArgumentException.class, () -> port.opener(foreign, "127.0.0.1", 502, 1));
    }
  }
}
