package io.plantbus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/// The floor: the same bytes over a plain blocking socket, nothing encoded, nothing checked.
final class SocketPingPong {
  private SocketPingPong() {}

  /// Transactions per second over `transactions` round trips.
  static double run(int port, int count, int transactions) throws IOException {
    byte[] request = {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, (byte) count};
    byte[] answer = new byte[9 + 2 * count];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      socket.setTcpNoDelay(true);
      long start = System.nanoTime();
      for (int i = 0; i < transactions; i++) {
        out.write(request);
        if (in.readNBytes(answer, 0, answer.length) != answer.length) {
          throw new IOException("the responder closed the connection");
        }
      }
      return transactions * 1e9 / (System.nanoTime() - start);
    }
  }
}
