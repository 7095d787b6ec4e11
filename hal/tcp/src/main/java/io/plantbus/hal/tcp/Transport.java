package io.plantbus.hal.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/// Which system calls carry the bytes.
enum Transport {
  /// Linux epoll through Netty's native library.
  EPOLL,
  /// The JDK's selectors, on any platform; keep-alive runs at the pace of the operating system.
  NIO;

  /// The fastest transport of this machine.
  static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  IoHandlerFactory ioHandlers() {
    return switch (this) {
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  ChannelFactory<Channel> links() {
    return switch (this) {
      case EPOLL -> EpollSocketChannel::new;
      case NIO -> NioSocketChannel::new;
    };
  }

  ChannelFactory<ServerChannel> listeners() {
    return switch (this) {
      case EPOLL -> EpollServerSocketChannel::new;
      case NIO -> NioServerSocketChannel::new;
    };
  }

  ChannelFactory<Channel> datagrams() {
    return switch (this) {
      case EPOLL -> EpollDatagramChannel::new;
      case NIO -> NioDatagramChannel::new;
    };
  }
}
