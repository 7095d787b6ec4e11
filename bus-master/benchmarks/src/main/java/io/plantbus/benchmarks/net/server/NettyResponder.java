package io.plantbus.benchmarks.net.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The floor: answers each 12 bytes with as many registers as they ask for, and looks at no more of
/// them than that. Reading stops while a peer does not take its answers.
final class NettyResponder extends ChannelInboundHandlerAdapter {
  private static final int REQUEST_BYTES = 12;
  private static final int COUNT_AT = 11;

  private final byte[] rest = new byte[REQUEST_BYTES];
  private int filled;

  static int start() {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    ChannelInitializer<Channel> handlers =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new NettyResponder());
          }
        };
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(handlers)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    ByteBuf answers = context.alloc().directBuffer(512);
    while (bytes.isReadable()) {
      int taken = Math.min(REQUEST_BYTES - filled, bytes.readableBytes());
      bytes.readBytes(rest, filled, taken);
      filled += taken;
      if (filled == REQUEST_BYTES) {
        filled = 0;
        answer(answers);
      }
    }
    bytes.release();
    var _ = context.writeAndFlush(answers, context.voidPromise());
  }

  private void answer(ByteBuf into) {
    int length = 2 * (rest[COUNT_AT] & 0xFF);
    into.writeBytes(rest, 0, 4).writeShort(3 + length).writeBytes(rest, 6, 2).writeByte(length);
    into.writeZero(length);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
