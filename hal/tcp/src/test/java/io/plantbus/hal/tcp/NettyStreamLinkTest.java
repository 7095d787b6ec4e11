package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class NettyStreamLinkTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final NettyStreamPort port;
  private final AgentRunner runner;
  private final ServerSocket server;

  NettyStreamLinkTest(Transport transport) throws IOException {
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
  void aSlowPeerStopsTheWriterAndLosesNothing() throws Exception {
    byte[] sent = random(8 << 20);
    AtomicLong taken = new AtomicLong();
    CountDownLatch held = new CountDownLatch(1);
    LinkAgent agent =
        new LinkAgent(opener()) {
          @Override
          long drive(Link current, long nowNanos) throws PortException {
            int at = (int) taken.get();
            int count = current.write(sent, at, Math.min(4_096, sent.length - at));
            taken.addAndGet(count);
            if (count == 0 && current.state() == LinkState.OPEN) {
              held.countDown();
            }
            return count > 0 ? nowNanos : NEVER;
          }
        };
    agent.startOn(runner);
    try (Socket peer = server.accept()) {
      ScriptedAgent.await(held, "everything was taken");
      assertTrue(taken.get() < sent.length);
      byte[] received = peer.getInputStream().readNBytes(sent.length);
      assertArrayEquals(sent, received);
      assertEquals(sent.length, taken.get());
    }
  }

  private LinkAgent writer(byte[] bytes, int piece, boolean closing) {
    return new LinkAgent(opener()) {
      private boolean written;

      @Override
      long drive(Link current, long nowNanos) throws PortException {
        if (!written && current.state() == LinkState.OPEN) {
          written = true;
          for (int at = 0; at < bytes.length; at += piece) {
            assertEquals(piece, current.write(bytes, at, piece));
          }
          if (closing) {
            current.close();
          }
        }
        return NEVER;
      }
    };
  }

  @Test
  void whatOneStepWritesIsSentInOneGo() throws Exception {
    byte[] sent = random(16 * 12);
    writer(sent, 12, false).startOn(runner);
    try (Socket peer = server.accept()) {
      byte[] received = new byte[1_000];
      assertEquals(sent.length, peer.getInputStream().read(received));
      assertArrayEquals(sent, Arrays.copyOf(received, sent.length));
    }
  }

  @Test
  void whatWasWrittenIsSentBeforeTheLinkIsClosed() throws Exception {
    byte[] sent = random(20_000);
    writer(sent, 100, true).startOn(runner);
    try (Socket peer = server.accept()) {
      assertArrayEquals(sent, peer.getInputStream().readAllBytes());
    }
  }

  @Test
  void linksThatAreWrittenInTurnsKeepTheirBytesApart() throws Exception {
    byte[] sent = random(2_000);
    LinkAgent first = new LinkAgent(opener()).startOn(runner);
    try (Socket firstPeer = server.accept()) {
      ScriptedAgent.await(first.open, "not open");
      LinkAgent second =
          new LinkAgent(opener()) {
            private int at;

            @Override
            long drive(Link current, long nowNanos) throws PortException {
              while (current.state() == LinkState.OPEN && at < sent.length) {
                Link to = at % 20 == 0 ? current : first.link();
                assertEquals(10, to.write(sent, at, 10));
                at += 10;
              }
              return NEVER;
            }
          };
      second.startOn(runner);
      try (Socket secondPeer = server.accept()) {
        byte[] ofSecond = secondPeer.getInputStream().readNBytes(sent.length / 2);
        byte[] ofFirst = firstPeer.getInputStream().readNBytes(sent.length / 2);
        for (int at = 0; at < sent.length; at++) {
          byte[] where = at / 10 % 2 == 0 ? ofSecond : ofFirst;
          assertEquals(sent[at], where[at / 20 * 10 + at % 10]);
        }
      }
    }
  }

  /// Waits until a counter has stood still for a while.
  private static void awaitStandstill(AtomicLong counter) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long before;
    do {
      before = counter.get();
      assertFalse(never.await(150, TimeUnit.MILLISECONDS));
    } while (before == 0 || before != counter.get());
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

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
