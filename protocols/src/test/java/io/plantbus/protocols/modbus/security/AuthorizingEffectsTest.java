package io.plantbus.protocols.modbus.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.security.Access.Kind;
import io.plantbus.protocols.modbus.security.AuthorizationRule.Grant;
import io.plantbus.protocols.modbus.session.ServerEffects;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.TcpServerSession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizingEffectsTest {
  private static final String WRITE = "06 00 01 00 03";

  private final List<Request> executed = new ArrayList<>();
  private final List<String> denied = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /// A server that lets the role `operator` write, and executes at once.
  private final class Server implements ServerEffects {
    final AuthorizingEffects effects;
    final TcpServerSession session;
    final LineDiagnostics line = new LineDiagnostics();
    boolean closed;
    boolean forbids;
    boolean intercepts;

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
      session = new TcpServerSession(4, 1_000, ServerServices.of(line), effects);
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
    public boolean allows(UnitId unit, Request request) {
      return !forbids;
    }

    @Override
    public boolean intercepts(long ticket, UnitId unit, Response response, long nowNanos) {
      return intercepts;
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

  @Covers(Requirement.NOT_AUTHORISED)
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

  @Covers(Requirement.NOT_AUTHORISED)
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08 00 00 a5 37",
        "08 00 01 00 00",
        "08 00 01 ff 00",
        "08 00 03 2c 00",
        "08 00 04 00 00",
        "08 00 0a 00 00",
        "08 00 0b 00 00",
        "08 00 14 00 00",
        "0b",
        "0c"
      })
  void whatASessionAnswersByItselfNeedsPermissionToo(String pdu) {
    Server server = new Server("viewer");
    String refusal = "%02x 01".formatted(Wire.hex(pdu)[0] | 0x80);
    assertArrayEquals(Wire.tcp(7, 1, refusal), server.exchange(Wire.tcp(7, 1, pdu)));
    assertEquals(1, denied.size());
    assertFalse(server.line.unit(1).isListenOnly());
    assertEquals('\n', server.line.asciiDelimiter());
    assertEquals(1, server.line.unit(1).count(SubFunction.EXCEPTION_ERRORS));
    assertEquals(1, server.line.unit(1).count(SubFunction.SERVER_MESSAGES));
  }

  @Test
  void aClientWithoutPermissionCannotWakeAUnitThatOnlyListens() {
    Server server = new Server("viewer");
    server.line.unit(1).received(wellFormed(SubFunction.FORCE_LISTEN_ONLY));
    assertArrayEquals(new byte[0], server.exchange(Wire.tcp(7, 1, "08 00 01 00 00")));
    assertTrue(server.line.unit(1).isListenOnly());
  }

  private static RequestDecoder.Decoded wellFormed(SubFunction function) {
    return new RequestDecoder.Decoded.WellFormed(
        new Request.Diagnostics(function, ByteBlock.of(0, 0)));
  }

  @Test
  void whatTheExecutorInterceptsOrForbidsIsStillAskedOfIt() {
    Server server = new Server("operator");
    server.forbids = true;
    assertArrayEquals(Wire.tcp(7, 1, "86 01"), server.exchange(Wire.tcp(7, 1, WRITE)));
    server.intercepts = true;
    assertArrayEquals(new byte[0], server.exchange(Wire.tcp(8, 1, WRITE)));
    assertEquals(List.of(), executed);
    assertEquals(List.of(), denied);
  }
}
