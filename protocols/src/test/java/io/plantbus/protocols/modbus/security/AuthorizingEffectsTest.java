package io.plantbus.protocols.modbus.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.security.Access.Kind;
import io.plantbus.protocols.modbus.security.AuthorizationRule.Grant;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizingEffectsTest {
  private static final String WRITE = "06 00 01 00 03";

  private final List<Request> executed = new ArrayList<>();
  private final List<String> denied = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /// A server that lets the role `operator` write, and executes at once.
  private final class Server implements ServerEffects {
    final AuthorizingEffects effects;
    final TcpServerSession session;
    boolean closed;

    Server(@Nullable String role) {
      Grant grant =
          new Grant(
              Set.of(Kind.WRITE), DataTable.HOLDING_REGISTERS, AuthorizationRule.ALL_ADDRESSES);
      AuthorizationTable table =
          new AuthorizationTable(
              List.of(
                  new AuthorizationRule(
                      new Role("operator"),
                      AuthorizationRule.ALL_UNITS,
                      Set.of(6),
                      List.of(grant))));
      effects =
          new AuthorizingEffects(
              table,
              role == null ? null : new Role(role),
              this,
              (who, unit, request, count) ->
                  denied.add(
                      who
                          + " unit "
                          + unit
                          + " function "
                          + request.functionCode()
                          + " #"
                          + count));
      session = new TcpServerSession(4, 1_000, effects);
      effects.attach(session);
    }

    byte[] exchange(byte[] request) {
      sent.reset();
      session.receive(request, 0, request.length, 0);
      return sent.toByteArray();
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      sent.write(bytes, offset, length);
    }

    @Override
    public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
      executed.add(request);
      session.answer(ticket, Response.Written.INSTANCE, nowNanos);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void anAllowedRequestIsExecuted() {
    Server server = new Server("operator");
    byte[] request = Wire.tcp(7, 1, WRITE);
    assertArrayEquals(request, server.exchange(request));
    assertEquals(List.of(new Request.WriteSingleRegister(1, 3)), executed);
    assertEquals(0, server.effects.denials());
  }

  @Test
  void whatIsNotAllowedIsRefusedWithException01AndNotExecuted() {
    Server server = new Server("viewer");
    byte[] refusal = Wire.tcp(7, 1, "86 01");
    assertArrayEquals(refusal, server.exchange(Wire.tcp(7, 1, WRITE)));
    assertArrayEquals(Wire.tcp(8, 9, "83 01"), server.exchange(Wire.tcp(8, 9, "03 00 00 00 01")));
    assertEquals(List.of(), executed);
    assertEquals(List.of("viewer unit 1 function 6 #1", "viewer unit 9 function 3 #2"), denied);
    assertEquals(2, server.effects.denials());
  }

  @Test
  void aClientWithoutARoleIsRefused() {
    Server server = new Server(null);
    assertArrayEquals(Wire.tcp(7, 1, "86 01"), server.exchange(Wire.tcp(7, 1, WRITE)));
    assertEquals(List.of("null unit 1 function 6 #1"), denied);
  }

  @Test
  void aBrokenFramingStillClosesTheConnection() {
    Server server = new Server("operator");
    server.exchange(Wire.hex("00 01 00 00 00 00 01"));
    assertEquals(true, server.closed);
  }

  @Test
  void aDenialWithoutASessionIsABug() {
    AuthorizingEffects effects =
        new AuthorizingEffects(
            AuthorizationTable.NOTHING, null, new Server(null), (_, _, _, _) -> {});
    Request request = new Request.WriteSingleRegister(1, 3);
    assertThrows(IllegalStateException.class, () -> effects.requested(1, UnitId.of(1), request, 0));
  }
}
