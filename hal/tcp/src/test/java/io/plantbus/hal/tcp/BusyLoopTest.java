package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamListener;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections to a loop that has something else to do in every round.
class BusyLoopTest {
  private static final int CLIENTS = 100;
  private static final int FEW_ROUNDS = 10;

  private final AtomicInteger accepted = new AtomicInteger();

  /// Holds its loop up until all have knocked, then wants a step in every round until all are in.
  private final class Busy implements Agent {
    final CountDownLatch holding = new CountDownLatch(1);
    final CountDownLatch knocked = new CountDownLatch(1);
    final CountDownLatch allIn = new CountDownLatch(1);
    int rounds;

    @Override
    public String name() {
      return "busy";
    }

    @Override
    public long step(long nowNanos) {
      holding.countDown();
      try {
        knocked.await();
      } catch (InterruptedException _) {
        return NEVER;
      }
      rounds++;
      if (accepted.get() < CLIENTS) {
        return nowNanos;
      }
      allIn.countDown();
      return NEVER;
    }

    @Override
    public void stopped() {
      knocked.countDown();
    }
  }

  private static Agent idle(String name) {
    return new Agent() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long step(long nowNanos) {
        return NEVER;
      }

      @Override
      public void stopped() {}
    };
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aHundredThatConnectAtOnceAreInWithinAFewRounds(Transport transport) throws Exception {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    Busy busy = new Busy();
    List<Socket> clients = new ArrayList<>();
    try (NettyStreamPort port =
            new NettyStreamPort(transport, NanoClock.system(), 1, (_, failure) -> {});
        StreamListener listener =
            port.listen(
                "127.0.0.1",
                0,
                CLIENTS,
                link -> {
                  accepted.incrementAndGet();
                  return idle(link.name());
                })) {
      port.newRunner().start(busy);
      busy.holding.await();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
      }
      busy.knocked.countDown();
      assertTrue(busy.allIn.await(ScriptedAgent.PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertTrue(busy.rounds <= FEW_ROUNDS, () -> busy.rounds + " rounds");
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }
}
