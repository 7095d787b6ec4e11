package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TCP connection. Everything happens on its event loop, which is its owner's thread.
///
/// Both directions are bounded and nothing is dropped: a full receive ring stops reading, so that
/// the peer is held back by TCP; a full send buffer takes nothing until the peer has read.
final class NettyStreamLink implements StreamLink {
  private static final Logger LOGGER = LoggerFactory.getLogger(NettyStreamLink.class);

  /// What the kernel may hold for a link that is not read, in bytes.
  static final int KERNEL_RECEIVE_BUFFER = 64 * 1024;

  /// 32 KiB are taken for sending, and more once the peer has read half of that.
  static final WriteBufferWaterMark SEND_BUFFER = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

  private final EventLoopRunner runner;
  private final String name;
  private final ReceiveRing ring = new ReceiveRing();
  private volatile LinkState state = LinkState.CONNECTING;
  private volatile String peer;
  private volatile Runnable activity = () -> {};
  private Runnable finished = () -> {};
  private @Nullable Channel channel;
  private @Nullable TcpFault fault;
  private boolean paused;

  /// @param name the endpoint as a user would write it
  /// @param peer the peer until it is connected
  NettyStreamLink(EventLoopRunner runner, String name, String peer) {
    this.runner = runner;
    this.name = name;
    this.peer = peer;
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
    int count = (int) Math.min(length, to.bytesBeforeUnwritable());
    if (count > 0) {
      ByteBuf bytes = runner.sendBuffer(count, to.alloc()).writeBytes(from, offset, count);
      var _ = to.writeAndFlush(bytes, to.voidPromise());
    }
    return count;
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
    closeChannel();
    finished.run();
  }

  /// Sets what to run once the owner has closed this link or was told that it is lost.
  void onFinished(Runnable callback) {
    finished = callback;
  }

  /// What reads from a channel into this link.
  RecvByteBufAllocator reads() {
    return new RingSizedReads(ring, runner.readBuffer());
  }

  /// A handler that ties one channel to this link; one for each attempt to connect.
  ChannelHandler wire() {
    return new Wire();
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
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (state == LinkState.CONNECTING) {
        channel = context.channel();
        peer = TcpNames.peer(context.channel().remoteAddress());
        state = LinkState.OPEN;
        activity.run();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (state == LinkState.OPEN) {
        ring.put(bytes, runner.clock().nanoTime());
        if (ring.room() == 0) {
          paused = true;
          context.channel().config().setAutoRead(false);
        }
      }
      bytes.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
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
      lose(
          context.channel().eventLoop().isShuttingDown()
              ? TcpFault.portClosed(name)
              : TcpFault.closedByPeer(name));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        LOGGER.atError().addKeyValue("link", name).setCause(cause).log("link failed");
      }
      lose(TcpFault.broken(name, cause));
    }
  }
}
