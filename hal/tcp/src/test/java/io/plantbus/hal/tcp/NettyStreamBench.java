package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A listening socket and a port with one runner, on either transport.
abstract class NettyStreamBench {
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  final NettyStreamPort port;
  final AgentRunner runner;
  final ServerSocket server;

  NettyStreamBench(Transport transport) throws IOException {
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

  final LinkOpener opener() {
    return port.opener(runner, "127.0.0.1", server.getLocalPort(), PATIENCE_NANOS);
  }

  static PortException awaitLoss(LinkAgent agent) throws InterruptedException {
    ScriptedAgent.await(agent.lost, "the link was not lost");
    return agent.losses.getFirst();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  /// Waits until a counter has stood still for a while.
  static void awaitStandstill(AtomicLong counter) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long before;
    do {
      before = counter.get();
      assertFalse(never.await(150, TimeUnit.MILLISECONDS));
    } while (before == 0 || before != counter.get());
  }
}
