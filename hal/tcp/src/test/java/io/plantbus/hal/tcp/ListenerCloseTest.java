package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.StreamListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListenerCloseTest {
  /// Keeps an event loop from selecting, from the moment it is stopped until `close` has returned
  /// and the port was tried, or until it is clear that `close` waits.
  private static final class Holdup implements Agent {
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch tried = new CountDownLatch(1);

    @Override
    public String name() {
      return "holdup";
    }

    @Override
    public long step(long nowNanos) {
      return NEVER;
    }

    @Override
    public void stopped() {
      try {
        if (closed.await(100, TimeUnit.MILLISECONDS)) {
          ScriptedAgent.await(tried, "the port was not tried");
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Serves a connection, and stops another agent when it is stopped itself.
  private record Trigger(AgentHandle next) implements Agent {
    @Override
    public String name() {
      return "trigger";
    }

    @Override
    public long step(long nowNanos) {
      return NEVER;
    }

    @Override
    public void stopped() {
      next.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aClosedListenerHasLeftTheKernelHoweverBusyItsLoopIs(Transport transport) throws Exception {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    Holdup holdup = new Holdup();
    CountDownLatch accepted = new CountDownLatch(1);
    try (NettyStreamPort port =
        new NettyStreamPort(transport, NanoClock.system(), 1, (_, failure) -> fail(failure))) {
      AgentHandle next = port.newRunner().start(holdup);
      StreamListener listener =
          port.listen(
              "127.0.0.1",
              0,
              1,
              _ -> {
                accepted.countDown();
                return new Trigger(next);
              });
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
        ScriptedAgent.await(accepted, "nobody was accepted by " + socket);
        listener.close();
        holdup.closed.countDown();
        assertFalse(isAccepted(listener.port()), "the port still takes connections");
      } finally {
        holdup.tried.countDown();
      }
    }
  }

  private static boolean isAccepted(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getLocalPort() != port;
    } catch (ConnectException _) {
      return false;
    }
  }
}
