package io.plantbus.junit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client without any library: one connection, one request at a time.
final class ModbusTcp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private short transaction;

  ModbusTcp(TcpEndpoint endpoint) throws IOException {
    socket = new Socket(endpoint.host(), endpoint.port());
    socket.setTcpNoDelay(true);
  }

  /// A holding register.
  int read(int unit, int address) throws IOException {
    byte[] answer = ask(PATIENCE, unit, 3, address, 1);
    if (answer == null) {
      throw new IOException("no answer");
    }
    return (answer[2] & 0xFF) << 8 | (answer[3] & 0xFF);
  }

  /// Writes a register and gives the function code of the answer.
  int write(int unit, int address, int value) throws IOException {
    byte[] answer = ask(PATIENCE, unit, 6, address, value);
    return answer == null ? -1 : answer[0] & 0xFF;
  }

  /// Writes a coil.
  void coil(int unit, int address, boolean on) throws IOException {
    var _ = ask(PATIENCE, unit, 5, address, on ? 0xFF00 : 0);
  }

  /// Whether a unit answers within a time that is long for a loopback.
  boolean answers(int unit, int address) throws IOException {
    return ask(Duration.ofMillis(300), unit, 3, address, 1) != null;
  }

  /// Sends a request without waiting.
  void send(int unit, int function, int first, int second) throws IOException {
    transaction++;
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(12)
                .putShort(transaction)
                .putShort((short) 0)
                .putShort((short) 6)
                .put((byte) unit)
                .put((byte) function)
                .putShort((short) first)
                .putShort((short) second)
                .array());
  }

  /// The PDU of the next answer, or null if none comes in time.
  byte @Nullable [] receive(Duration within) throws IOException {
    socket.setSoTimeout((int) within.toMillis());
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] head = in.readNBytes(7);
      return in.readNBytes(((head[4] & 0xFF) << 8 | (head[5] & 0xFF)) - 1);
    } catch (SocketTimeoutException _) {
      return null;
    }
  }

  private byte @Nullable [] ask(Duration within, int unit, int function, int first, int second)
      throws IOException {
    send(unit, function, first, second);
    return receive(within);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
