package io.plantbus.benchmarks.net.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port for servers that cannot say which one they were given.
final class FreePort {
  private FreePort() {}

  static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
