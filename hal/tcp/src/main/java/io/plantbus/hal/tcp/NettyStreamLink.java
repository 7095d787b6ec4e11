package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP connection. Everything happens on its event loop, which is its owner's thread.
///
/// Both directions are bounded and nothing is dropped: a full receive ring stops reading, so that
/// the peer is held back by TCP; a full send buffer takes nothing until the peer has read.
final class NettyStreamLink implements StreamLink, AcceptedLink {
  private static final Logger LOGGER = LoggerFactory.getLogger(NettyStreamLink.class);

  /// What the kernel may hold for a link that is not read, in bytes.
  static final int KERNEL_RECEIVE_BUFFER = 64 * 1024;

  /// 32 KiB are taken for sending, and more once the peer has read half of that.
  static final WriteBufferWaterMark SEND_BUFFER = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

  private static final int RECORD_READ_BYTES = 4096;

  private final EventLoopRunner runner;
  private final String name;
  private final @Nullable Place place;
  private final ReceiveRing ring = new ReceiveRing();
  private volatile LinkState state = LinkState.CONNECTING;
  private volatile String peer;
  private volatile @Nullable X509Certificate peerCertificate;
  private volatile Runnable activity = () -> {};
  private Runnable finished = () -> {};
  private @Nullable Channel channel;
  private @Nullable TcpFault fault;
  private boolean paused;

  /// Taken by `write` and on its way with the end of the agent's call.
  private @Nullable ByteBuf gathered;

  /// @param name the endpoint as a user would write it
  /// @param peer the peer until it is connected
  /// @param place the one it has at a listener, or null
  NettyStreamLink(EventLoopRunner runner, String name, String peer, @Nullable Place place) {
    this.runner = runner;
    this.name = name;
    this.peer = peer;
    this.place = place;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    return peerCertificate;
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    assert runner.loop().inEventLoop() : "read outside the owner's thread";
    int count = ring.take(into, offset, length);
    if (paused) {
      resumeReading();
    }
    if (count == 0 && ring.available() == 0) {
      throwIfGone();
    }
    return count;
  }

  @Override
  public long arrivalNanos() {
    return ring.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    assert runner.loop().inEventLoop() : "write outside the owner's thread";
    throwIfGone();
    Channel to = channel;
    if (to == null || state != LinkState.OPEN || !to.isWritable()) {
      return 0;
    }
    int waiting = gathered == null ? 0 : gathered.readableBytes();
    int count = (int) Math.min(length, to.bytesBeforeUnwritable() - waiting);
    if (count > 0) {
      gather(to, from, offset, count);
    }
    return count;
  }

  private void gather(Channel to, byte[] from, int offset, int count) {
    boolean later = runner.gathers(this);
    if (gathered != null && gathered.writableBytes() < count) {
      sendGathered();
    }
    if (gathered == null) {
      gathered = runner.sendBuffer(count, to.alloc());
    }
    gathered.writeBytes(from, offset, count);
    if (!later) {
      sendGathered();
    }
  }

  /// Sends what was gathered.
  void sendGathered() {
    ByteBuf bytes = gathered;
    Channel to = channel;
    if (bytes != null && to != null) {
      gathered = null;
      var _ = to.writeAndFlush(bytes, to.voidPromise());
    }
  }

  private void dropGathered() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  @Override
  public void discardInput() {
    ring.clear();
    if (paused) {
      resumeReading();
    }
  }

  /// Always 0: a reader that is behind holds the peer back.
  @Override
  public long overruns() {
    return 0;
  }

  @Override
  public void onActivity(Runnable callback) {
    activity = callback;
  }

  @Override
  public void close() {
    if (state == LinkState.CLOSED) {
      return;
    }
    state = LinkState.CLOSED;
    ring.clear();
    sendGathered();
    closeChannel();
    finished.run();
  }

  /// A connection that does not linger is reset by the kernel.
  @Override
  public void abort() {
    dropGathered();
    if (channel != null && state == LinkState.OPEN) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    close();
  }

  @Override
  public void onFinished(Runnable callback) {
    finished = callback;
  }

  /// Ties a channel to this link; one for each attempt to connect.
  ///
  /// @param tls what secures the channel, or null
  void install(Channel to, @Nullable SslHandler tls) {
    if (tls == null) {
      to.config().setRecvByteBufAllocator(new RingSizedReads(ring, runner.readBuffer()));
    } else {
      // Half a TLS record is kept by its handler, so reads cannot share the buffer of the loop.
      to.config()
          .setRecvByteBufAllocator(
              new FixedRecvByteBufAllocator(RECORD_READ_BYTES).maxMessagesPerRead(1));
      to.pipeline().addLast(tls);
    }
    to.pipeline().addLast(new Wire(tls));
  }

  /// The channel that connects or is connected, or null before.
  @Nullable Channel channel() {
    return channel;
  }

  /// Why the link is lost, or null.
  @Nullable TcpFault fault() {
    return fault;
  }

  /// The channel that connects, or is connected; closed at once if the owner has gone meanwhile.
  void attach(Channel attempt) {
    channel = attempt;
    if (state != LinkState.CONNECTING) {
      closeChannel();
    }
  }

  /// The link is lost; the first reason stands.
  void lose(TcpFault reason) {
    if (state == LinkState.CLOSED || state == LinkState.LOST) {
      return;
    }
    fault = reason;
    state = LinkState.LOST;
    dropGathered();
    closeChannel();
    activity.run();
  }

  private void closeChannel() {
    if (channel != null) {
      var _ = channel.close();
    }
  }

  private void resumeReading() {
    if (channel != null && ring.room() >= ReceiveRing.CAPACITY / 2) {
      paused = false;
      channel.config().setAutoRead(true);
    }
  }

  private void throwIfGone() throws PortException {
    if (state == LinkState.CLOSED) {
      throw new PortException(PortFault.CLOSED, name + " was closed by this program");
    }
    if (fault != null) {
      finished.run();
      throw fault.exception();
    }
  }

  private final class Wire extends ChannelInboundHandlerAdapter {
    private final @Nullable SslHandler tls;

    Wire(@Nullable SslHandler tls) {
      this.tls = tls;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (state == LinkState.CONNECTING) {
        channel = context.channel();
        peer = TcpNames.peer(context.channel().remoteAddress());
        if (tls == null) {
          opened();
        }
      }
    }

    private void opened() {
      state = LinkState.OPEN;
      activity.run();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        handshaken(handshake);
      } else if (event instanceof SslCloseCompletionEvent) {
        var _ = context.close();
      }
    }

    private void handshaken(SslHandshakeCompletionEvent handshake) {
      if (!handshake.isSuccess()) {
        lose(TcpFault.unsecured(name, handshake.cause()));
      } else if (tls != null && state == LinkState.CONNECTING) {
        try {
          peerCertificate = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
          opened();
        } catch (SSLPeerUnverifiedException unverified) {
          lose(TcpFault.unsecured(name, unverified));
        }
      }
    }

    private boolean isRenegotiating() {
      return tls != null
          && state == LinkState.OPEN
          && !tls.engine().isInboundDone()
          && tls.engine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
          && tls.engine().getSession().getProtocol().equals("TLSv1.2");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (state == LinkState.OPEN) {
        long now = runner.clock().nanoTime();
        ring.put(bytes, now);
        if (place != null) {
          place.heard(now);
        }
        if (ring.room() == 0) {
          paused = true;
          context.channel().config().setAutoRead(false);
        }
      }
      bytes.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (isRenegotiating()) {
        lose(TcpFault.renegotiating(name));
        return;
      }
      if (ring.available() > 0) {
        activity.run();
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        activity.run();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (context.channel().eventLoop().isShuttingDown()) {
        lose(TcpFault.portClosed(name));
      } else if (place != null && place.isEvicted()) {
        lose(TcpFault.evicted(name));
      } else {
        lose(TcpFault.closedByPeer(name));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (tls != null && cause instanceof DecoderException) {
        lose(TcpFault.unsecured(name, cause));
        return;
      }
      if (!(cause instanceof IOException)) {
        LOGGER.atError().addKeyValue("link", name).setCause(cause).log("link failed");
      }
      lose(TcpFault.broken(name, cause));
    }
  }
}
