package io.plantbus.hal.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.plantbus.hal.Agent;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamListener;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String name;
  private final EventLoops loops;
  private final int maxConnections;
  private final StreamAcceptor acceptor;
  private final Consumer<StreamListener> onClosed;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final Set<EventLoopAgent> serving = ConcurrentHashMap.newKeySet();
  private final Channel socket;
  private final int port;
  private volatile boolean closed;

  /// Binds, and waits for that.
  ///
  /// @param address where to listen, resolved
  /// @param onClosed told once this listener is closed
  NettyStreamListener(
      EventLoops loops,
      InetSocketAddress address,
      int maxConnections,
      StreamAcceptor acceptor,
      Consumer<StreamListener> onClosed)
      throws PortException {
    this.name = "tcp://" + TcpNames.endpoint(address.getHostString(), address.getPort());
    this.loops = loops;
    this.maxConnections = maxConnections;
    this.acceptor = acceptor;
    this.onClosed = onClosed;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(loops.transport().listeners())
            .handler(new Gate())
            .option(ChannelOption.SO_RCVBUF, NettyStreamLink.KERNEL_RECEIVE_BUFFER)
            .childHandler(new Entrance())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyStreamLink.SEND_BUFFER)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true);
    loops.transport().keepAlive().forEach(bootstrap::childOption);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw TcpFault.binding(address.getHostString(), address.getPort(), cause).exception();
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
    return connections.get();
  }

  @Override
  public long refusedConnections() {
    return refused.get();
  }

  /// Stops listening, stops the agents of the accepted links and closes those; waits for that up to
  /// 2 s, except on an event loop of the port. When it has waited, the operating system refuses
  /// connections to the port, and others may bind it.
  @Override
  public void close() {
    closed = true;
    var _ = socket.close();
    serving.forEach(EventLoopAgent::stop);
    if (!loops.isInside()) {
      long end = System.nanoTime() + CLOSE_NANOS;
      EventLoops.released(socket).awaitUninterruptibly(CLOSE_NANOS, TimeUnit.NANOSECONDS);
      EventLoops.awaitStopped(serving, end);
    }
    onClosed.accept(this);
  }

  /// Turns away those who are too many, on the event loop of the listening socket.
  private final class Gate extends ChannelInboundHandlerAdapter {
    private boolean full;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      boolean wasFull = full;
      full = connections.get() >= maxConnections;
      if (!full && !closed) {
        connections.incrementAndGet();
        accepted.closeFuture().addListener(_ -> connections.decrementAndGet());
        context.fireChannelRead(accepted);
        return;
      }
      refused.incrementAndGet();
      if (full && !wasFull) {
        LOGGER
            .atWarn()
            .addKeyValue("listener", name)
            .addKeyValue("connections", maxConnections)
            .log("connection turned away: too many");
      }
      accepted.unsafe().closeForcibly();
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
      String peer = TcpNames.peer(accepted.remoteAddress());
      NettyStreamLink link = new NettyStreamLink(runner, "tcp://" + peer, peer);
      link.attach(accepted);
      link.onActivity(() -> serve(link, runner, accepted));
      accepted.config().setRecvByteBufAllocator(link.reads());
      accepted.pipeline().addLast(link.wire());
    }
  }

  private void serve(NettyStreamLink link, EventLoopRunner runner, Channel accepted) {
    Waker waker = new Waker();
    link.onActivity(waker);
    Agent agent;
    try {
      agent = acceptor.accept(link);
    } catch (RuntimeException | Error failure) {
      LOGGER
          .atError()
          .addKeyValue("listener", name)
          .addKeyValue("peer", link.peer())
          .setCause(failure)
          .log("connection closed: it could not be served");
      link.close();
      return;
    }
    EventLoopAgent run = runner.start(agent, ended -> left(ended, link));
    waker.agent = run;
    link.onFinished(run::stop);
    serving.add(run);
    accepted.closeFuture().addListener(_ -> run.stopIn(LAST_READ_NANOS));
    if (closed) {
      run.stop();
    }
  }

  private void left(EventLoopAgent run, NettyStreamLink link) {
    serving.remove(run);
    link.close();
  }

  /// Wakes the agent of a link, which is known only after the link was handed to it.
  private static final class Waker implements Runnable {
    private @Nullable EventLoopAgent agent;

    @Override
    public void run() {
      if (agent != null) {
        agent.wake();
      }
    }
  }
}
