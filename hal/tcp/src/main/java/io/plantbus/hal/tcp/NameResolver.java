package io.plantbus.hal.tcp;

import io.netty.util.NetUtil;
import io.plantbus.hal.PortFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Looks names up on threads of its own, because the system's look-up blocks, for many seconds if a
/// name server is silent. Both its threads and its queue are bounded.
final class NameResolver implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 256;

  private final ThreadPoolExecutor threads;

  NameResolver() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("plantbus-tcp-names-", 1).daemon(true).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Finds the addresses of `host`; a literal address is answered within the call.
  ///
  /// @param wanted asked before the look-up begins, so that those given up cost nothing
  /// @param answer gets either addresses or a fault, on any thread
  void resolve(
      String name,
      String host,
      BooleanSupplier wanted,
      BiConsumer<InetAddress[], @Nullable TcpFault> answer) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      answer.accept(new InetAddress[] {InetAddress.ofLiteral(host)}, null);
      return;
    }
    try {
      threads.execute(
          () -> {
            if (wanted.getAsBoolean()) {
              lookUp(name, host, answer);
            }
          });
    } catch (RejectedExecutionException _) {
      answer.accept(
          new InetAddress[0],
          new TcpFault(
              PortFault.FAILED,
              "%s: too many names wait for the name server; check it or write the IP address"
                  .formatted(name)));
    }
  }

  private static void lookUp(
      String name, String host, BiConsumer<InetAddress[], @Nullable TcpFault> answer) {
    try {
      answer.accept(InetAddress.getAllByName(host), null);
    } catch (UnknownHostException _) {
      answer.accept(new InetAddress[0], TcpFault.unknownHost(name, host));
    }
  }

  /// Takes no more names. A look-up that the system has not answered yet ends on its daemon thread.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
