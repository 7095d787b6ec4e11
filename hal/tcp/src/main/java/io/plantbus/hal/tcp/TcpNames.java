package io.plantbus.hal.tcp;

import io.plantbus.hal.PortException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// How endpoints are written for people.
final class TcpNames {
  private TcpNames() {}

  /// `host:port`, IPv6 addresses in brackets.
  static String endpoint(String host, int port) {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }

  /// An address of this machine to listen on; waits for the name server if `host` is a name.
  ///
  /// @param name the endpoint with its scheme
  static InetSocketAddress local(String name, String host, int port) throws PortException {
    try {
      return new InetSocketAddress(InetAddress.getByName(withoutBrackets(host)), port);
    } catch (UnknownHostException _) {
      throw TcpFault.unknownHost(name, host).exception();
    }
  }

  /// An IPv6 address may be written in brackets.
  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// @param least 1, or 0 where that means any free port
  static void requirePort(int port, int least) {
    if (port < least || port > 65_535) {
      throw new IllegalArgumentException("port must be " + least + "..65535, was " + port);
    }
  }

  /// `address:port` of a peer, `unknown` if it left before it could be asked for.
  static String peer(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? endpoint(inet.getAddress().getHostAddress(), inet.getPort())
        : "unknown";
  }
}
