package io.plantbus.protocols.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerSession;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Sends one protocol data unit to a server on each framing and requires the same answer of all.
final class Exchange {
  private static final int UNIT = 17;
  private static final int TRANSACTION = 0xBEEF;
  private static final RtuTiming TIMING = new RtuTiming(19_200, 11);
  private static final long HALF_REQUEST_NANOS = 1_000_000_000;

  /// The requests that reached the application, the same over each framing.
  final List<Request> executed = new ArrayList<>();

  private final Function<Request, Response> application;

  /// @param application executes requests
  Exchange(Function<Request, Response> application) {
    this.application = application;
  }

  /// A server whose application must not be reached.
  static Exchange refusing() {
    return new Exchange(
        request -> {
          throw new AssertionError("reached the application: " + request);
        });
  }

  /// A server that writes whatever it is told to.
  static Exchange writing() {
    return new Exchange(_ -> Response.Written.INSTANCE);
  }

  /// The answer to a protocol data unit, both in hexadecimal.
  String ask(String pdu) {
    byte[] overRtu = overRtu(Wire.rtu("11 " + pdu));
    int before = executed.size();
    byte[] overTcp = overTcp(Wire.tcp(TRANSACTION, UNIT, pdu));
    assertArrayEquals(overRtu, overTcp, "RTU and TCP differ");
    if (before > 0 && executed.size() > before) {
      assertEquals(executed.get(before - 1), executed.removeLast());
    }
    return Wire.hex(overRtu);
  }

  private byte[] overRtu(byte[] frame) {
    Server server = new Server();
    RtuServerSession session =
        new RtuServerSession(RtuServerSettings.of(TIMING, unit -> unit == UNIT), server);
    byte[] sent = server.serve(session, frame);
    assertEquals(UNIT, sent[0]);
    assertEquals(true, Crc16.isValid(sent, 0, sent.length));
    return Arrays.copyOfRange(sent, 1, sent.length - Crc16.BYTES);
  }

  private byte[] overTcp(byte[] adu) {
    Server server = new Server();
    TcpServerSession session = new TcpServerSession(16, HALF_REQUEST_NANOS, server);
    byte[] sent = server.serve(session, adu);
    assertFalse(server.closed);
    byte[] pdu = Arrays.copyOfRange(sent, MbapHeader.BYTES, sent.length);
    assertArrayEquals(Wire.tcp(TRANSACTION, UNIT, Wire.hex(pdu)), sent);
    return pdu;
  }

  private final class Server implements ServerEffects {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Long> tickets = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private boolean closed;

    byte[] serve(ServerSession session, byte[] bytes) {
      long now = 0;
      session.receive(bytes, 0, bytes.length, now);
      for (int i = 0; i < tickets.size(); i++) {
        session.answer(tickets.get(i), responses.get(i), now);
      }
      while (session.deadline() < Long.MAX_VALUE) {
        now = session.deadline();
        session.advance(now);
      }
      return sent.toByteArray();
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      sent.write(bytes, offset, length);
    }

    @Override
    public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
      executed.add(request);
      tickets.add(ticket);
      responses.add(application.apply(request));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
