package io.plantbus.hal.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.tcp.tls.TlsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connects to one peer: looks its name up, then tries its addresses one after the other, all
/// within one time-out.
final class TcpOpener implements LinkOpener {
  private final EventLoopRunner runner;
  private final StreamOptions options;
  private final NameResolver names;
  private final String host;
  private final int port;
  private final long timeoutNanos;

  TcpOpener(
      EventLoopRunner runner,
      StreamOptions options,
      NameResolver names,
      String host,
      int port,
      long timeoutNanos) {
    this.runner = runner;
    this.options = options;
    this.names = names;
    this.host = host;
    this.port = port;
    this.timeoutNanos = timeoutNanos;
  }

  /// @throws IllegalStateException if called on another thread than the runner's
  @Override
  public Link open() throws PortException {
    if (!runner.loop().inEventLoop()) {
      throw new IllegalStateException(
          "a TCP link is opened by an agent on the runner of its opener");
    }
    String endpoint = TcpNames.endpoint(host, port);
    NettyStreamLink link = new NettyStreamLink(runner, options.scheme() + endpoint, endpoint, null);
    Attempt attempt = new Attempt(link);
    try {
      runner.loop().execute(attempt::resolve);
    } catch (RejectedExecutionException _) {
      throw TcpFault.portClosed(link.name()).exception();
    }
    return link;
  }

  private final class Attempt {
    private final NettyStreamLink link;
    private final Future<?> timer;
    private InetAddress[] addresses = new InetAddress[0];
    private int tried;
    private @Nullable TcpFault firstFault;

    Attempt(NettyStreamLink link) {
      this.link = link;
      this.timer = runner.loop().schedule(this::timedOut, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    private void timedOut() {
      if (link.state() == LinkState.CONNECTING) {
        link.lose(TcpFault.timedOut(link.name(), timeoutNanos));
      }
    }

    void resolve() {
      names.resolve(
          link.name(),
          host,
          () -> link.state() == LinkState.CONNECTING,
          (found, fault) -> onLoop(() -> resolved(found, fault)));
    }

    private void resolved(InetAddress[] found, @Nullable TcpFault fault) {
      if (fault != null) {
        failed(fault);
      } else {
        addresses = found;
        connectNext();
      }
    }

    private void connectNext() {
      if (link.state() != LinkState.CONNECTING) {
        timer.cancel(false);
        return;
      }
      InetSocketAddress address = new InetSocketAddress(addresses[tried++], port);
      ChannelFuture connecting = bootstrap().connect(address);
      link.attach(connecting.channel());
      connecting.addListener(
          done -> {
            Throwable cause = done.cause();
            onLoop(() -> connected(cause));
          });
    }

    private Bootstrap bootstrap() {
      long shareMillis =
          addresses.length == 1 ? 0 : timeoutNanos / 1_000_000 / addresses.length + 1;
      Bootstrap bootstrap =
          new Bootstrap()
              .group(runner.loop())
              .channelFactory(options.transport().links())
              .disableResolver()
              .handler(new Installer())
              .option(
                  ChannelOption.CONNECT_TIMEOUT_MILLIS,
                  Math.clamp(shareMillis, 0, Integer.MAX_VALUE))
              .option(ChannelOption.SO_RCVBUF, NettyStreamLink.KERNEL_RECEIVE_BUFFER);
      options.ofChannels().forEach(bootstrap::option);
      return bootstrap;
    }

    private final class Installer extends ChannelInitializer<Channel> {
      @Override
      protected void initChannel(Channel channel) {
        TlsSettings tls = options.tls();
        link.install(channel, tls == null ? null : tls.client(host, port));
      }
    }

    private void connected(@Nullable Throwable cause) {
      if (cause == null) {
        timer.cancel(false);
        return;
      }
      if (firstFault == null) {
        firstFault = TcpFault.connecting(link.name(), cause);
      }
      if (tried < addresses.length) {
        connectNext();
      } else {
        failed(firstFault);
      }
    }

    private void failed(TcpFault fault) {
      timer.cancel(false);
      link.lose(fault);
    }

    private void onLoop(Runnable task) {
      if (runner.loop().inEventLoop()) {
        task.run();
      } else if (!runner.loop().isShuttingDown()) {
        runner.loop().execute(task);
      }
    }
  }
}
