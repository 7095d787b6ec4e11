package io.plantbus.hal.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening TCP socket and the agents that serve its connections, each on the event loop of its
/// link.
final class NettyStreamListener implements StreamListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(NettyStreamListener.class);

  /// How long an agent may leave the bytes of a lost link unread.
  private static final long LAST_READ_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// With one for each round of the loop, which is the default, hundreds that connect to a busy
  /// server would wait for a second. The epoll transport believes after each that there are no
  /// more, and must not be asked.
  private static final int ACCEPTED_AT_ONCE = 64;

  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String name;
  private final EventLoops loops;
  private final StreamOptions options;
  private final ListenSettings settings;
  private final StreamAcceptor acceptor;
  private final Consumer<StreamListener> onClosed;
  private final Places places;
  private final Refusals refusals;
  private final Serving serving;
  private final AtomicLong idle = new AtomicLong();
  private final Channel socket;
  private final int port;

  /// Binds, and waits for that.
  ///
  /// @param address where to listen, resolved
  /// @param onClosed told once this listener is closed
  NettyStreamListener(
      EventLoops loops,
      StreamOptions options,
      InetSocketAddress address,
      ListenSettings settings,
      StreamAcceptor acceptor,
      Consumer<StreamListener> onClosed)
      throws PortException {
    this.name = options.scheme() + TcpNames.endpoint(address.getHostString(), address.getPort());
    this.loops = loops;
    this.options = options;
    this.settings = settings;
    this.acceptor = acceptor;
    this.onClosed = onClosed;
    this.places = new Places(settings);
    this.refusals = new Refusals(name);
    this.serving = new Serving(name);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(options.transport().listeners())
            .handler(new Gate())
            .option(ChannelOption.SO_RCVBUF, NettyStreamLink.KERNEL_RECEIVE_BUFFER)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new ServerChannelRecvByteBufAllocator()
                    .respectMaybeMoreData(false)
                    .maxMessagesPerRead(ACCEPTED_AT_ONCE))
            .childHandler(new Entrance());
    options.ofChannels().forEach(bootstrap::childOption);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw TcpFault.binding(name, address, cause).exception();
    }
    this.socket = bound.channel();
    this.port = ((InetSocketAddress) socket.localAddress()).getPort();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int connections() {
    return places.taken();
  }

  @Override
  public long refusedConnections() {
    return refusals.count();
  }

  @Override
  public long expiredConnections() {
    return idle.get() + places.evictions();
  }

  /// Stops listening, stops the agents of the accepted links and closes those; waits for that up to
  /// 2 s, except on an event loop of the port. When it has waited, the operating system refuses
  /// connections to the port, and others may bind it.
  @Override
  public void close() {
    var _ = socket.close();
    serving.stopAll();
    places.evictAll();
    if (!loops.isInside()) {
      long end = System.nanoTime() + CLOSE_NANOS;
      EventLoops.released(socket).awaitUninterruptibly(CLOSE_NANOS, TimeUnit.NANOSECONDS);
      serving.awaitStopped(end);
    }
    onClosed.accept(this);
  }

  /// Turns away those who may not come in or are too many, on the event loop of the listening
  /// socket.
  private final class Gate extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      Place place = admit(accepted);
      if (place == null) {
        accepted.unsafe().closeForcibly();
        return;
      }
      accepted.attr(Place.KEY).set(place);
      accepted.closeFuture().addListener(_ -> places.leave(place));
      context.fireChannelRead(accepted);
    }

    private @Nullable Place admit(Channel accepted) {
      if (serving.isStopped() || !(accepted.remoteAddress() instanceof InetSocketAddress peer)) {
        return null;
      }
      if (!settings.admitted().test(peer.getAddress())) {
        refusals.stranger(peer.getAddress().getHostAddress());
        return null;
      }
      Runnable evicted =
          () -> {
            var _ = accepted.close();
          };
      Place place = places.take(peer.getAddress(), loops.clock().nanoTime(), evicted);
      if (place == null) {
        refusals.full(TcpNames.peer(peer));
      } else {
        refusals.accepted();
      }
      return place;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOGGER
          .atWarn()
          .addKeyValue("listener", name)
          .addKeyValue("reason", cause.getMessage())
          .log("accepting failed, trying again in a second");
      context.fireExceptionCaught(cause);
    }
  }

  /// Makes the link of an accepted channel, on the event loop of that channel.
  private final class Entrance extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel accepted) {
      EventLoopRunner runner = loops.runnerOf(accepted);
      Place place = accepted.attr(Place.KEY).get();
      String peer = TcpNames.peer(accepted.remoteAddress());
      NettyStreamLink link = new NettyStreamLink(runner, options.scheme() + peer, peer, place);
      link.attach(accepted);
      link.onActivity(() -> entered(link, runner, accepted));
      link.install(accepted, options.tls() == null ? null : options.tls().server());
      if (settings.idleNanos() > 0) {
        watch(link, place, accepted, settings.idleNanos());
      }
    }
  }

  /// The link has become open, or was lost before it did.
  private void entered(NettyStreamLink link, EventLoopRunner runner, Channel accepted) {
    TcpFault fault = link.fault();
    if (link.state() == LinkState.OPEN) {
      EventLoopAgent run = serving.serve(link, runner, () -> acceptor.accept(link));
      if (run != null) {
        accepted.closeFuture().addListener(_ -> run.stopIn(LAST_READ_NANOS));
      }
    } else if (fault != null && !serving.isStopped()) {
      refusals.unproven(accepted.attr(Place.KEY).get().address().getHostAddress(), fault.message());
    }
  }

  /// Looks again when the peer would have been silent for too long.
  private void watch(NettyStreamLink link, Place place, Channel accepted, long waitNanos) {
    var watching =
        accepted
            .eventLoop()
            .schedule(
                () -> {
                  long silent = loops.clock().nanoTime() - place.heardNanos();
                  if (silent < settings.idleNanos()) {
                    watch(link, place, accepted, settings.idleNanos() - silent);
                  } else if (accepted.isOpen()) {
                    idle.incrementAndGet();
                    link.lose(TcpFault.idle(link.name(), settings.idleNanos()));
                  }
                },
                waitNanos,
                TimeUnit.NANOSECONDS);
    accepted.closeFuture().addListener(_ -> watching.cancel(false));
  }
}
