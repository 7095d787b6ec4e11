package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Both sides of one wire in virtual time.
class ClientMeetsServerTest {
  private static final long SECOND = 1_000_000_000;
  private static final RtuTiming TIMING = new RtuTiming(19_200, 11);

  private final SplittableRandom random = new SplittableRandom(20_261_121);
  private final ClientLog client = new ClientLog();
  private final ServerLog server = new ServerLog();
  private final List<Response> given = new ArrayList<>();
  private boolean whole; // datagrams come in one piece
  private boolean atOnce;
  private long now = -5 * SECOND; // a monotonic clock may well be negative

  @Covers({Requirement.ROUND_TRIP, Requirement.SERIAL_CHUNKING})
  @Test
  void everyRequestIsExecutedAndItsAnswerArrivesOverRtu() {
    ClientSession clientSession = new RtuClientSession(RtuClientSettings.of(TIMING), client);
    ServerSession serverSession =
        new RtuServerSession(RtuServerSettings.of(TIMING, unit -> unit == 17), server);
    converse(clientSession, serverSession, 300);
  }

  @Covers({Requirement.ROUND_TRIP, Requirement.SEGMENTS})
  @Test
  void everyRequestIsExecutedAndItsAnswerArrivesOverTcp() {
    converse(new TcpClientSession(1, client), new TcpServerSession(1, SECOND, server), 300);
  }

  @Test
  void everyRequestIsExecutedAndItsAnswerArrivesInAscii() {
    long character = new RtuTiming(9_600, 10).characterNanos();
    converse(
        new AsciiClientSession(AsciiClientSettings.of(character), client),
        new AsciiServerSession(AsciiServerSettings.of(character, unit -> unit == 17), server),
        300);
  }

  @Test
  void everyRequestIsExecutedAndItsAnswerArrivesOverUdp() {
    whole = true;
    converse(new UdpClientSession(1, client), new UdpServerSession(1, server), 300);
  }

  @Test
  void serialFramesOnAStreamNeedNoTime() {
    atOnce = true;
    converse(
        new RtuClientSession(RtuClientSettings.overStream(), client),
        new RtuServerSession(RtuServerSettings.overStream(unit -> unit == 17), server),
        300);
    assertEquals(-5 * SECOND, now);
    clear();
    converse(
        new AsciiClientSession(AsciiClientSettings.overStream(), client),
        new AsciiServerSession(AsciiServerSettings.overStream(unit -> unit == 17), server),
        300);
    assertEquals(-5 * SECOND, now);
  }

  private void clear() {
    client.outcomes.clear();
    server.requests.clear();
  }

  private void converse(ClientSession clientSession, ServerSession serverSession, int times) {
    server.executor =
        (ticket, request) -> {
          Response response = Wire.anyResponse(random, request);
          given.add(response);
          serverSession.answer(ticket, response, now);
        };
    for (int i = 0; i < times; i++) {
      Request request = Wire.anyRequest(random);
      if (!clientSession.canOffer(now)) {
        now = clientSession.deadline();
        clientSession.advance(now);
      }
      assertTrue(clientSession.canOffer(now));
      clientSession.offer(UnitId.of(17), request, SECOND, now);
      byte[] bytes = client.sent.getLast();
      now += atOnce ? 0 : bytes.length * TIMING.characterNanos();
      chunks(bytes, serverSession::receive);
      if (server.sent.size() == 0) {
        now = serverSession.deadline();
        serverSession.advance(now);
      }
      byte[] answer = server.sent.toByteArray();
      server.sent.reset();
      now += atOnce ? 0 : answer.length * TIMING.characterNanos();
      chunks(answer, clientSession::receive);
      assertEquals(i + 1, client.outcomes.size());
      assertEquals(request.toString(), server.requests.getLast());
      Outcome expected =
          given.getLast() instanceof Response.Refusal refusal
              ? new Outcome.Refused(refusal)
              : new Outcome.Answered(given.getLast());
      assertEquals(expected, client.outcomes.getLast());
    }
    assertEquals(times, server.requests.size());
    assertEquals(Long.MAX_VALUE, serverSession.deadline());
    assertEquals(0, clientSession.counters().bytesDiscarded());
    assertEquals(0, serverSession.counters().bytesDiscarded());
    assertEquals(clientSession.counters().bytesSent(), serverSession.counters().bytesReceived());
    assertEquals(serverSession.counters().bytesSent(), clientSession.counters().bytesReceived());
  }

  private interface Receiver {
    void receive(byte[] bytes, int offset, int length, long nowNanos);
  }

  private void chunks(byte[] bytes, Receiver receiver) {
    int at = 0;
    while (at < bytes.length) {
      int length = whole ? bytes.length : random.nextInt(1, bytes.length - at + 1);
      receiver.receive(bytes, at, length, now);
      at += length;
    }
  }
}
