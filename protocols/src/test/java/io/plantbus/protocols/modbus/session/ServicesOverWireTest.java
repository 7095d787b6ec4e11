package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Services asked by a client session and answered by a server session.
class ServicesOverWireTest {
  private static final long SECOND = 1_000_000_000;
  private static final RtuTiming TIMING = new RtuTiming(19_200, 11);
  private static final UnitId UNIT = UnitId.of(17);
  private static final UserFunctions FUNCTIONS =
      UserFunctions.of(
          new UserFunction(65, PduLength.byteCountAt(1), PduLength.byteCountAt(1)),
          new UserFunction(110, PduLength.fixed(2), PduLength.fixed(253)));

  private final SplittableRandom random = new SplittableRandom(21);
  private final ClientLog client = new ClientLog();
  private final ServerLog server = new ServerLog();
  private final ServerServices services =
      ServerServices.of(new LineDiagnostics()).withFunctions(FUNCTIONS);
  private Response answering = new Response.UserDefined(ByteBlock.of(2, 0x0A, 0x0B));
  private long now;

  private final RtuClientSession rtuClient =
      new RtuClientSession(RtuClientSettings.of(TIMING), FUNCTIONS, client);
  private final RtuServerSession rtuServer =
      new RtuServerSession(RtuServerSettings.of(TIMING, unit -> unit == 17), services, server);
  private final TcpClientSession tcpClient = new TcpClientSession(1, client);
  private final TcpServerSession tcpServer = new TcpServerSession(1, SECOND, services, server);

  @Test
  void diagnosticsAreAskedAndAnswered() {
    for (int i = 0; i < 200; i++) {
      Request request = Wire.anyDiagnosis(random);
      if (request.equals(new Request.Diagnostics(SubFunction.FORCE_LISTEN_ONLY))) {
        continue;
      }
      assertDiagnosed(request, overRtu(request));
      assertDiagnosed(request, overTcp(request));
    }
    assertEquals(0, rtuClient.counters().bytesDiscarded());
    assertEquals(0, rtuServer.counters().bytesDiscarded());
  }

  private static void assertDiagnosed(Request request, Outcome outcome) {
    assertTrue(outcome instanceof Outcome.Answered, request + ": " + outcome);
    if (request instanceof Request.Diagnostics(SubFunction subFunction, ByteBlock data)
        && !subFunction.returnsWord()) {
      assertEquals(new Outcome.Answered(new Response.Diagnostics(subFunction, data)), outcome);
    }
  }

  @Covers(Requirement.LISTEN_ONLY)
  @Test
  void listenOnlyEndsInSilence() {
    assertEquals(
        new Outcome.Silence(), overRtu(new Request.Diagnostics(SubFunction.FORCE_LISTEN_ONLY)));
    assertEquals(new Outcome.Silence(), overRtu(new Request.GetCommEventCounter()));
    assertEquals(
        new Outcome.Silence(),
        overRtu(new Request.Diagnostics(SubFunction.RESTART_COMMUNICATIONS)));
    assertTrue(overRtu(new Request.GetCommEventCounter()) instanceof Outcome.Answered);
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @Test
  void userDefinedFunctionsWorkOnBothSides() {
    Request echo = new Request.UserDefined(65, ByteBlock.of(2, 0x0A, 0x0B));
    Outcome echoed = new Outcome.Answered(new Response.UserDefined(ByteBlock.of(2, 0x0A, 0x0B)));
    assertEquals(echoed, overRtu(echo));
    assertEquals(echoed, overTcp(echo));
    ByteBlock longest = ByteBlock.of(new int[252]);
    answering = new Response.UserDefined(longest);
    Request big = new Request.UserDefined(110, ByteBlock.of(1));
    assertEquals(new Outcome.Answered(new Response.UserDefined(longest)), overRtu(big));
    assertEquals(new Outcome.Answered(new Response.UserDefined(longest)), overTcp(big));
    answering = new Response.Refusal(4);
    assertEquals(new Outcome.Refused(new Response.Refusal(4)), overRtu(big));
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @Test
  void aUserDefinedFunctionThatTheServerDoesNotKnowIsRefused() {
    Request unknown = new Request.UserDefined(66, ByteBlock.of(1));
    assertEquals(new Outcome.Refused(new Response.Refusal(1)), overTcp(unknown));
  }

  @Test
  void onASerialLineTheClientMustKnowAUserDefinedFunction() {
    Request unknown = new Request.UserDefined(66, ByteBlock.of(1));
    assertThrows(IllegalArgumentException.class, () -> rtuClient.offer(UNIT, unknown, SECOND, now));
    assertTrue(rtuClient.canOffer(now));
  }

  @Covers(Requirement.SERIAL_ANSWER_IS_CHECKED)
  @Test
  void anAnswerToAnotherSubFunctionIsNoise() {
    rtuClient.offer(UNIT, new Request.Diagnostics(SubFunction.BUSIES), SECOND, now);
    byte[] wrong = Wire.rtu("11 08 00 12 00 01");
    rtuClient.receive(wrong, 0, wrong.length, now + 100_000_000);
    rtuClient.advance(rtuClient.deadline());
    assertEquals(new Outcome.Noise(NoiseReason.WRONG_CONTENT), client.outcomes.getLast());
  }

  @Covers(Requirement.SERIAL_CHUNKING)
  @Test
  void theClientTakesAnAnswerAsSoonAsItsOwnLengthIsThere() {
    String[] answers = {
      "0c 07 00 00 01 08 01 21 20",
      "11 03 42 ff 31",
      "18 00 04 00 01 01 b8",
      "2b 0e 01 01 00 00 02 00 01 41 01 02 42 43",
    };
    Request[] requests = {
      new Request.GetCommEventLog(),
      new Request.ReportServerId(),
      new Request.ReadFifoQueue(0),
      new Request.ReadDeviceIdentification(1, 0)
    };
    for (int i = 0; i < requests.length; i++) {
      for (int chunk = 1; chunk < 20; chunk++) {
        rtuClient.advance(now);
        rtuClient.offer(UNIT, requests[i], SECOND, now);
        byte[] bytes = Wire.join(Wire.hex("11 ff"), Wire.rtu("11 " + answers[i]));
        int before = client.outcomes.size();
        for (int at = 0; at < bytes.length; at += chunk) {
          assertEquals(before, client.outcomes.size());
          rtuClient.receive(bytes, at, Math.min(chunk, bytes.length - at), now);
        }
        assertTrue(client.outcomes.getLast() instanceof Outcome.Answered);
        assertEquals(before + 1, client.outcomes.size());
        now += SECOND;
      }
    }
  }

  private Outcome overRtu(Request request) {
    server.executor = (ticket, _) -> rtuServer.answer(ticket, answering, now);
    now += SECOND;
    rtuClient.advance(now);
    rtuClient.offer(UNIT, request, SECOND, now);
    pass(client.sent.getLast(), rtuServer::receive);
    for (int i = 0; i < 2 && server.sent.size() == 0; i++) {
      now = Math.max(now, Math.min(now + SECOND / 10, rtuServer.deadline()));
      rtuServer.advance(now);
    }
    return outcome(rtuClient);
  }

  private Outcome overTcp(Request request) {
    server.executor = (ticket, _) -> tcpServer.answer(ticket, answering, now);
    tcpClient.offer(UNIT, request, SECOND, now);
    pass(client.sent.getLast(), tcpServer::receive);
    return outcome(tcpClient);
  }

  private Outcome outcome(ClientSession session) {
    byte[] answer = server.sent.toByteArray();
    server.sent.reset();
    pass(answer, session::receive);
    if (session.inFlight() > 0) {
      now = session.deadline();
      session.advance(now);
    }
    return client.outcomes.getLast();
  }

  private interface Receiver {
    void receive(byte[] bytes, int offset, int length, long nowNanos);
  }

  private void pass(byte[] bytes, Receiver receiver) {
    int at = 0;
    while (at < bytes.length) {
      int length = random.nextInt(1, bytes.length - at + 1);
      receiver.receive(bytes, at, length, now);
      at += length;
    }
  }
}
