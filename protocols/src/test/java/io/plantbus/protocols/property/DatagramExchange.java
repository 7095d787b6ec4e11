package io.plantbus.protocols.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.UdpClientSession;
import io.plantbus.protocols.modbus.session.UdpServerSession;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One request of any function and its answer, a datagram each, between a client and a server.
final class DatagramExchange implements ClientEffects, ServerEffects {
  private static final long SECOND = 1_000_000_000;

  private final Request request;
  private final Response response;
  private final UnitId unit;
  private final UdpClientSession client = new UdpClientSession(1, this);
  private final UdpServerSession server =
      new UdpServerSession(
          1, ServerServices.of(new LineDiagnostics()).withDiagnosed(_ -> false), this);
  private boolean asked;
  private @Nullable Outcome outcome;

  DatagramExchange(SplittableRandom random) {
    request = random.nextInt(5) == 0 ? Wire.anyDiagnosis(random) : Wire.anyRequest(random);
    response = Wire.anyResponse(random, request);
    unit = UnitId.of(random.nextInt(256));
  }

  void meet() {
    client.offer(unit, request, SECOND, 0);
    Outcome expected =
        response instanceof Response.Refusal refusal
            ? new Outcome.Refused(refusal)
            : new Outcome.Answered(response);
    assertEquals(expected, outcome);
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    byte[] datagram = new byte[length];
    System.arraycopy(bytes, offset, datagram, 0, length);
    if (asked) {
      client.receive(datagram, 0, length, 0);
    } else {
      asked = true;
      server.receive(datagram, 0, length, 0);
    }
  }

  @Override
  public void requested(long ticket, UnitId to, Request heard, long nowNanos) {
    assertEquals(unit, to);
    assertEquals(request, heard);
    server.answer(ticket, response, nowNanos);
  }

  @Override
  public void concluded(
      long transaction, UnitId of, Request sent, Outcome end, long sentNanos, long nowNanos) {
    outcome = end;
  }

  @Override
  public void close() {
    throw new AssertionError("there is no connection to close");
  }
}
