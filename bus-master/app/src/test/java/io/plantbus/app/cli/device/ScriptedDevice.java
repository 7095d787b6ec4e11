package io.plantbus.app.cli.device;

import io.plantbus.protocols.modbus.framing.Crc16;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A device that answers what a test says, be it right or wrong, to any unit; over TCP, or in RTU
/// frames over TCP, where every request is what arrives at once.
final class ScriptedDevice implements AutoCloseable {
  private static final int UNIT_AT = 6;

  private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private final UnaryOperator<String> script;
  private final boolean rtu;

  /// @param script protocol data units in hexadecimal; an empty answer is silence
  private ScriptedDevice(boolean rtu, UnaryOperator<String> script) throws IOException {
    this.rtu = rtu;
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  static ScriptedDevice tcp(UnaryOperator<String> script) throws IOException {
    return new ScriptedDevice(false, script);
  }

  static ScriptedDevice rtu(UnaryOperator<String> script) throws IOException {
    return new ScriptedDevice(true, script);
  }

  String endpoint() {
    return (rtu ? "rtu+tcp" : "tcp") + "://127.0.0.1:" + listener.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        converse(client.getInputStream(), client.getOutputStream());
      } catch (IOException _) {
        // the client or the test is done
      }
    }
  }

  private void converse(InputStream in, OutputStream out) throws IOException {
    byte[] adu = new byte[260];
    for (int length = in.read(adu); length > 0; length = in.read(adu)) {
      requests.incrementAndGet();
      int unitAt = rtu ? 0 : UNIT_AT;
      int pduLength = length - unitAt - 1 - (rtu ? Crc16.BYTES : 0);
      String asked = HexFormat.of().formatHex(adu, unitAt + 1, unitAt + 1 + pduLength);
      byte[] pdu = HexFormat.of().parseHex(script.apply(asked.toLowerCase(Locale.ROOT)));
      if (pdu.length > 0) {
        System.arraycopy(pdu, 0, adu, unitAt + 1, pdu.length);
        adu[5] = rtu ? adu[5] : (byte) (1 + pdu.length);
        int end = unitAt + 1 + pdu.length;
        out.write(adu, 0, rtu ? Crc16.append(adu, 0, end) : end);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
