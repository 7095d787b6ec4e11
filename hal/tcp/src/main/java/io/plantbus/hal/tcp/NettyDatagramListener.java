package io.plantbus.hal.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.plantbus.hal.DatagramPort.DatagramAcceptor;
import io.plantbus.hal.DatagramPort.DatagramListener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.PortException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bound UDP socket, and for each peer that was heard a link with the agent that serves it. All
/// of them run on the event loop of the socket.
final class NettyDatagramListener implements DatagramListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(NettyDatagramListener.class);
  private static final long DEFAULT_IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LAST_READ_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String name;
  private final EventLoops loops;
  private final ListenSettings settings;
  private final long idleNanos;
  private final DatagramAcceptor acceptor;
  private final Consumer<DatagramListener> onClosed;
  private final Places places;
  private final Refusals refusals;
  private final Serving serving;
  private final Channel socket;
  private final int port;

  /// Binds, and waits for that.
  ///
  /// @param onClosed told once this listener is closed
  NettyDatagramListener(
      EventLoops loops,
      String name,
      InetSocketAddress address,
      ListenSettings settings,
      DatagramAcceptor acceptor,
      Consumer<DatagramListener> onClosed)
      throws PortException {
    this.name = name;
    this.loops = loops;
    this.settings = settings;
    this.idleNanos = settings.idleNanos() == 0 ? DEFAULT_IDLE_NANOS : settings.idleNanos();
    this.acceptor = acceptor;
    this.onClosed = onClosed;
    this.places = new Places(settings);
    this.refusals = new Refusals(name);
    this.serving = new Serving(name);
    ChannelFuture bound =
        new Bootstrap()
            .group(loops.group())
            .channelFactory(loops.transport().datagrams())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(NettyDatagramPort.LONGEST_READ))
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyStreamLink.SEND_BUFFER)
            .handler(new Post())
            .bind(address)
            .awaitUninterruptibly();
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
  public int peers() {
    return places.taken();
  }

  @Override
  public long refusedDatagrams() {
    return refusals.count();
  }

  /// Stops the agents and closes the socket; waits for that up to 2 s, except on an event loop of
  /// the port.
  @Override
  public void close() {
    serving.stopAll();
    var _ = socket.close();
    if (!loops.isInside()) {
      long end = System.nanoTime() + CLOSE_NANOS;
      EventLoops.released(socket).awaitUninterruptibly(CLOSE_NANOS, TimeUnit.NANOSECONDS);
      serving.awaitStopped(end);
    }
    onClosed.accept(this);
  }

  /// One who was heard, and has a place. On the loop only.
  private final class Peer implements NettyDatagramLink.Carrier {
    final InetSocketAddress address;
    final NettyDatagramLink link;
    private final Post post;
    private final EventLoopRunner runner;
    private final Channel channel;
    private @Nullable Place place;
    private @Nullable EventLoopAgent run;

    Peer(InetSocketAddress address, Post post, Channel channel) {
      this.address = address;
      this.post = post;
      this.channel = channel;
      this.runner = loops.runnerOf(channel);
      String peer = TcpNames.peer(address);
      this.link = new NettyDatagramLink(runner, "udp://" + peer, peer);
    }

    /// Takes a place and starts the agent.
    ///
    /// @return whether there was one
    boolean enter() {
      Place taken = places.take(address.getAddress(), loops.clock().nanoTime(), this::evicted);
      if (taken == null) {
        return false;
      }
      place = taken;
      link.open(this);
      run = serving.serve(link, runner, () -> acceptor.accept(link));
      return run != null;
    }

    private void evicted() {
      link.lose(TcpFault.evicted(link.name()));
      EventLoopAgent serves = run;
      if (serves != null) {
        serves.stopIn(LAST_READ_NANOS);
      }
    }

    void hear(ByteBuf datagram) {
      if (place != null) {
        place.heard(loops.clock().nanoTime());
      }
      link.arrived(datagram);
    }

    @Override
    public boolean send(byte[] from, int offset, int length) {
      if (!channel.isWritable()) {
        return false;
      }
      ByteBuf bytes = runner.sendBuffer(length, channel.alloc()).writeBytes(from, offset, length);
      var _ = channel.writeAndFlush(new DatagramPacket(bytes, address), channel.voidPromise());
      return true;
    }

    @Override
    public void release() {
      if (place != null) {
        places.leave(place);
      }
      post.peers.remove(address, this);
    }
  }

  /// Hands datagrams to the links of their senders.
  private final class Post extends ChannelInboundHandlerAdapter {
    private final Map<InetSocketAddress, Peer> peers = new HashMap<>();
    private final Set<Peer> heard = new LinkedHashSet<>();
    private @Nullable Future<?> sweeping;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      sweeping =
          context
              .channel()
              .eventLoop()
              .scheduleWithFixedDelay(
                  this::expireSilent, idleNanos, Math.max(1, idleNanos / 2), TimeUnit.NANOSECONDS);
    }

    private void expireSilent() {
      long limit = loops.clock().nanoTime() - idleNanos;
      for (Place silent = places.silentSince(limit);
          silent != null;
          silent = places.silentSince(limit)) {
        silent.evict();
        places.leave(silent);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      Peer peer = peers.get(packet.sender());
      if (peer == null && !serving.isStopped()) {
        peer = stranger(packet.sender(), context.channel());
      }
      if (peer != null) {
        peer.hear(packet.content());
        heard.add(peer);
      }
      packet.release();
    }

    private @Nullable Peer stranger(InetSocketAddress sender, Channel channel) {
      if (!settings.admitted().test(sender.getAddress())) {
        refusals.stranger(sender.getAddress().getHostAddress());
        return null;
      }
      expireSilent();
      Peer peer = new Peer(sender, this, channel);
      peers.put(sender, peer);
      if (!peer.enter()) {
        peers.remove(sender, peer);
        refusals.full(TcpNames.peer(sender));
        return null;
      }
      refusals.accepted();
      return peer;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      heard.forEach(peer -> peer.link.stir());
      heard.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        List.copyOf(peers.values()).forEach(peer -> peer.link.stir());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (sweeping != null) {
        sweeping.cancel(false);
      }
      List.copyOf(peers.values())
          .forEach(peer -> peer.link.lose(TcpFault.portClosed(peer.link.name())));
    }

    /// A datagram that could not be sent is lost, as it may be on its way.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOGGER
          .atDebug()
          .addKeyValue("listener", name)
          .addKeyValue("reason", cause.getMessage())
          .log("a datagram was lost");
    }
  }
}
