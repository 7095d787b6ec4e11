package io.plantbus.hal.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Makes links to one peer: looks its name up and binds a socket that sends to, and hears, its
/// first address only.
final class UdpOpener implements LinkOpener {
  private final EventLoopRunner runner;
  private final Transport transport;
  private final NameResolver names;
  private final String host;
  private final int port;

  UdpOpener(
      EventLoopRunner runner, Transport transport, NameResolver names, String host, int port) {
    this.runner = runner;
    this.transport = transport;
    this.names = names;
    this.host = host;
    this.port = port;
  }

  /// @throws IllegalStateException if called on another thread than the runner's
  @Override
  public Link open() throws PortException {
    if (!runner.loop().inEventLoop()) {
      throw new IllegalStateException(
          "a UDP link is opened by an agent on the runner of its opener");
    }
    String endpoint = TcpNames.endpoint(host, port);
    NettyDatagramLink link = new NettyDatagramLink(runner, "udp://" + endpoint, endpoint);
    onLoop(
        link,
        () ->
            names.resolve(
                link.name(),
                host,
                () -> link.state() == LinkState.CONNECTING,
                (found, fault) -> onLoop(link, () -> resolved(link, found, fault))));
    return link;
  }

  private void onLoop(NettyDatagramLink link, Runnable task) {
    try {
      runner.loop().execute(task);
    } catch (RejectedExecutionException _) {
      link.lose(TcpFault.portClosed(link.name()));
    }
  }

  private void resolved(NettyDatagramLink link, InetAddress[] found, @Nullable TcpFault fault) {
    if (fault != null) {
      link.lose(fault);
    } else if (link.state() == LinkState.CONNECTING) {
      var _ =
          new Bootstrap()
              .group(runner.loop())
              .channelFactory(transport.datagrams())
              .disableResolver()
              .option(
                  ChannelOption.RECVBUF_ALLOCATOR,
                  new FixedRecvByteBufAllocator(NettyDatagramPort.LONGEST_READ))
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyStreamLink.SEND_BUFFER)
              .handler(new Wire(link))
              .connect(new InetSocketAddress(found[0], port))
              .addListener(
                  done -> {
                    Throwable cause = done.cause();
                    if (cause != null) {
                      link.lose(TcpFault.connecting(link.name(), cause));
                    }
                  });
    }
  }

  /// Sends by a socket that knows its peer.
  private record Connected(EventLoopRunner runner, Channel channel)
      implements NettyDatagramLink.Carrier {
    @Override
    public boolean send(byte[] from, int offset, int length) {
      if (!channel.isWritable()) {
        return false;
      }
      var _ =
          channel.writeAndFlush(
              runner.sendBuffer(length, channel.alloc()).writeBytes(from, offset, length),
              channel.voidPromise());
      return true;
    }

    @Override
    public void release() {
      var _ = channel.close();
    }
  }

  private final class Wire extends ChannelInboundHandlerAdapter {
    private final NettyDatagramLink link;

    Wire(NettyDatagramLink link) {
      this.link = link;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      link.open(new Connected(runner, context.channel()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      link.arrived(packet.content());
      packet.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      link.stir();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      link.stir();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      link.lose(TcpFault.portClosed(link.name()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      TcpFault fault = TcpFault.sending(link.name(), cause);
      if (fault.fault() == PortFault.REFUSED) {
        link.refused(fault);
      } else {
        link.lose(fault);
      }
    }
  }
}
