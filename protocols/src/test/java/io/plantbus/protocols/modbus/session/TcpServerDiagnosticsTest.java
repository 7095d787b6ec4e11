package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Function codes of serial lines over TCP.
class TcpServerDiagnosticsTest {
  private static final String WRITE = "06 00 01 00 03";

  private final LineDiagnostics line = new LineDiagnostics();
  private final ServerServices services = ServerServices.of(line);
  private final ServerLog log = new ServerLog();

  private TcpServerSession serving(ServerServices served) {
    TcpServerSession session = new TcpServerSession(16, 1_000, served, log);
    log.executor = (ticket, request) -> session.answer(ticket, RtuServerBench.okay(request), 0);
    return session;
  }

  private String ask(TcpServerSession session, int unit, String pdu) {
    byte[] request = Wire.tcp(7, unit, pdu);
    log.executor = (ticket, asked) -> session.answer(ticket, RtuServerBench.okay(asked), 0);
    session.receive(request, 0, request.length, 0);
    byte[] answer = log.sent.toByteArray();
    log.sent.reset();
    return answer.length == 0 ? "" : Wire.hex(answer).substring(21);
  }

  @Covers({
    Requirement.EXCEPTION_STATUS_SERIAL_ONLY,
    Requirement.DIAGNOSTICS_ECHO,
    Requirement.UNKNOWN_SUB_FUNCTION
  })
  @Test
  void theyAreServedUnlessTurnedOff() {
    TcpServerSession session = serving(services);
    assertEquals("08 00 00 a5 37 11", ask(session, 1, "08 00 00 a5 37 11"));
    assertEquals("08 00 00", ask(session, 1, "08 00 00"));
    assertEquals("0b 00 00 00 02", ask(session, 1, "0b"));
    assertTrue(ask(session, 1, "0c").startsWith("0c "));
    assertEquals("88 01", ask(session, 1, "08 00 99 00 00"));
  }

  @Covers(Requirement.EXCEPTION_STATUS_SERIAL_ONLY)
  @ParameterizedTest
  @ValueSource(strings = {"07", "08 00 00 a5 37", "0b", "0c", "11"})
  void turnedOffTheyAreUnknown(String pdu) {
    TcpServerSession session = serving(services.withSerialLineFunctions(false));
    String refusal = "%02x 01".formatted(Wire.hex(pdu)[0] | 0x80);
    assertEquals(refusal, ask(session, 1, pdu));
    assertEquals(WRITE, ask(session, 1, WRITE));
    assertEquals(1, log.requests.size());
  }

  @Covers(Requirement.LISTEN_ONLY)
  @Test
  void listenOnlySilencesOneUnitOnAllConnectionsOfItsServer() {
    TcpServerSession one = serving(services);
    TcpServerSession two = serving(services);
    assertEquals("", ask(one, 1, "08 00 04 00 00"));
    assertEquals("", ask(two, 1, WRITE));
    assertEquals(List.of(), log.requests);
    assertEquals(WRITE, ask(two, 2, WRITE));
    assertEquals(WRITE, ask(serving(ServerServices.of(new LineDiagnostics())), 1, WRITE));
    assertEquals("", ask(two, 1, "08 00 01 00 00"));
    assertEquals(WRITE, ask(one, 1, WRITE));
  }

  @Test
  void aUnitThatOnlyListensDoesNotHoldUpTheAnswersOfOthers() {
    TcpServerSession session = serving(services);
    line.unit(1);
    byte[] pipelined =
        Wire.join(Wire.tcp(1, 1, "08 00 04 00 00"), Wire.tcp(2, 1, WRITE), Wire.tcp(3, 2, WRITE));
    session.receive(pipelined, 0, pipelined.length, 0);
    assertEquals(Wire.hex(Wire.tcp(3, 2, WRITE)), Wire.hex(log.sent.toByteArray()));
    assertEquals(2, session.counters().ignored());
  }

  @Test
  void unitsWithoutDiagnosticsAreLeftToTheExecutor() {
    TcpServerSession session = serving(services.withDiagnosed(unit -> unit == 1));
    log.executor = (ticket, _) -> session.answer(ticket, new Response.Refusal(0x0A), 0);
    byte[] request = Wire.tcp(7, 9, "08 00 00 a5 37");
    session.receive(request, 0, request.length, 0);
    assertEquals(Wire.hex(Wire.tcp(7, 9, "88 0a")), Wire.hex(log.sent.toByteArray()));
  }

  @Test
  void anInterceptedAnswerIsSentByWhoeverTookIt() {
    long[] ticket = new long[1];
    ServerEffects effects =
        new ServerEffects() {
          @Override
          public void send(byte[] bytes, int offset, int length) {
            log.send(bytes, offset, length);
          }

          @Override
          public void requested(long number, UnitId unit, Request request, long nowNanos) {}

          @Override
          public boolean intercepts(long number, UnitId unit, Response response, long nowNanos) {
            ticket[0] = number;
            return true;
          }

          @Override
          public void close() {}
        };
    TcpServerSession session = new TcpServerSession(16, 1_000, services, effects);
    byte[] request = Wire.tcp(7, 1, "0b");
    session.receive(request, 0, request.length, 0);
    assertEquals(0, log.sent.size());
    session.answer(ticket[0], new Response.Refusal(6), 5);
    assertEquals(Wire.hex(Wire.tcp(7, 1, "8b 06")), Wire.hex(log.sent.toByteArray()));
  }
}
