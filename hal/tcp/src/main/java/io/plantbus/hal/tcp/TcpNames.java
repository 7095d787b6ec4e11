package io.plantbus.hal.tcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// How endpoints are written for people.
final class TcpNames {
  private TcpNames() {}

  /// `host:port`, IPv6 addresses in brackets.
  static String endpoint(String host, int port) {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }

  /// `address:port` of a peer, `unknown` if it left before it could be asked for.
  static String peer(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? endpoint(inet.getAddress().getHostAddress(), inet.getPort())
        : "unknown";
  }
}
