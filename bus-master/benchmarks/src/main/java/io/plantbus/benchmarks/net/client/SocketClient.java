package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/// The floor of one request at a time: the same bytes over a plain blocking socket, nothing
/// encoded, nothing checked.
final class SocketClient implements Client {
  private Socket socket = new Socket();
  private int registers;

  @Override
  public void open(int port, Load load) throws IOException {
    registers = load.registers();
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  @Override
  public void run(Meter meter) throws IOException {
    byte[] request = {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, (byte) registers};
    byte[] answer = new byte[9 + 2 * registers];
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    long sent = System.nanoTime();
    boolean more = true;
    while (more) {
      out.write(request);
      if (in.readNBytes(answer, 0, answer.length) != answer.length) {
        throw new IOException("the responder closed the connection");
      }
      long now = System.nanoTime();
      more = meter.answered(sent, now);
      sent = now;
    }
  }

  @Override
  public void end() throws IOException {
    socket.close();
  }
}
