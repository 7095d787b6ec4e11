package io.plantbus.app.interop.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports for servers that cannot be asked for any free one.
final class FreePort {
  private FreePort() {}

  /// A TCP port of the loopback address that nobody listens on.
  static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
