package io.plantbus.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// The other end of both sides of a comparison: a bare blocking server that answers each 12-byte
/// Modbus TCP request with `count` registers, without looking at more than the transaction id.
final class RegisterResponder implements AutoCloseable {
  private static final int REQUEST_BYTES = 12;

  private final ServerSocket server;
  private final int count;

  RegisterResponder(int count) throws IOException {
    this.count = count;
    this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon(true).name("responder").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon(true).name("responder-link").start(() -> serve(socket));
      } catch (IOException failure) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(failure);
        }
      }
    }
  }

  private void serve(Socket socket) {
    byte[] request = new byte[REQUEST_BYTES];
    byte[] answer = new byte[9 + 2 * count];
    answer[5] = (byte) (3 + 2 * count);
    answer[7] = 3;
    answer[8] = (byte) (2 * count);
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
        OutputStream out = socket.getOutputStream()) {
      while (true) {
        in.readFully(request);
        answer[0] = request[0];
        answer[1] = request[1];
        answer[6] = request[6];
        out.write(answer);
      }
    } catch (IOException _) {
      // The client has gone: the end of its run.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
