package io.plantbus.app.interop.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/// Ports for servers that cannot be asked for any free one.
final class FreePort {
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePort() {}

  /// A TCP port of the loopback address that nobody listens on, another one with each call.
  static synchronized int find() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (GIVEN.add(port)) {
          return port;
        }
      }
    }
  }
}
