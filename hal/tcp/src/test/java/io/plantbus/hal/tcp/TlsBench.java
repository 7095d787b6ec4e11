package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.tcp.tls.Authority;
import io.plantbus.hal.tcp.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Both ends of a TLS connection, and an authority that both trust.
abstract class TlsBench {
  static final String[] VERSIONS = {"TLSv1.2", "TLSv1.3"};
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(ScriptedAgent.PATIENCE_SECONDS);
  static final int PATIENCE_MILLIS =
      (int) TimeUnit.SECONDS.toMillis(ScriptedAgent.PATIENCE_SECONDS);

  final Path folder;
  final Authority authority = new Authority("plant");
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  final NettyStreamPort plain;
  final AgentRunner runner;
  final TlsSettings settings;
  final BlockingQueue<StreamLink> accepted = new LinkedBlockingQueue<>();

  TlsBench(Transport transport, @TempDir Path folder) throws Exception {
    assumeTrue(transport == Transport.NIO || Epoll.isAvailable(), "no native epoll here");
    this.folder = folder;
    plain = new NettyStreamPort(transport, NanoClock.system(), 2, (_, f) -> failures.add(f));
    runner = plain.newRunner();
    settings = TlsSettings.of(authority.identity(folder, authority.issue("EC")));
  }

  @AfterEach
  void closePort() {
    plain.close();
    assertTrue(failures.isEmpty(), () -> "unexpected: " + failures);
  }

  StreamListener echoServer(TlsSettings tls) throws PortException {
    return plain.secured(tls).listen("127.0.0.1", 0, 4, this::echo);
  }

  Agent echo(StreamLink link) {
    accepted.add(link);
    byte[] buffer = new byte[700];
    int[] kept = {0, 0};
    ScriptedAgent agent =
        new ScriptedAgent(
            "echo",
            now -> {
              try {
                if (kept[0] == kept[1]) {
                  kept[0] = 0;
                  kept[1] = link.read(buffer, 0, buffer.length);
                }
                int written = link.write(buffer, kept[0], kept[1] - kept[0]);
                kept[0] += written;
                return written > 0 ? now : Agent.NEVER;
              } catch (PortException _) {
                return Agent.NEVER;
              }
            });
    agent.started.countDown();
    return agent;
  }

  /// Sends bytes as soon as the link is open, and reads as many.
  static final class Sender extends LinkAgent {
    private final byte[] bytes;
    private int sent;

    Sender(LinkOpener opener, byte[] bytes) {
      super(opener);
      this.bytes = bytes;
    }

    @Override
    long drive(Link current, long nowNanos) throws PortException {
      int written = current.write(bytes, sent, bytes.length - sent);
      sent += written;
      long next = super.drive(current, nowNanos);
      if (received.size() >= bytes.length) {
        stopped.countDown();
      }
      return written > 0 ? nowNanos : next;
    }
  }

  Sender client(TlsSettings tls, int port, byte[] bytes) {
    Sender sender =
        new Sender(plain.secured(tls).opener(runner, "127.0.0.1", port, PATIENCE_NANOS), bytes);
    sender.startOn(runner);
    return sender;
  }

  static PortException awaitLoss(LinkAgent agent) throws InterruptedException {
    ScriptedAgent.await(agent.lost, "the link was not lost");
    return agent.losses.getFirst();
  }

  static void assertUntrusted(PortException loss, String told) {
    assertEquals(PortFault.UNTRUSTED, loss.fault(), loss.getMessage());
    assertTrue(loss.getMessage().contains(told), loss.getMessage());
  }
}
