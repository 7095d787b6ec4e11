package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpServerSessionTest {
  private static final long HALF_REQUEST = 1_000;
  private static final String WRITE = "06 00 01 00 03";

  private final ServerLog log = new ServerLog();
  private TcpServerSession session = new TcpServerSession(16, HALF_REQUEST, log);
  private long now = -5_000;

  @BeforeEach
  void answerAtOnce() {
    log.executor = (ticket, _) -> session.answer(ticket, Response.Written.INSTANCE, now);
  }

  @Covers({
    Requirement.TRANSACTION_AND_UNIT_COPIED,
    Requirement.DIRECT_UNITS,
    Requirement.UNIT_0_IS_NO_BROADCAST_ON_TCP
  })
  @Test
  void transactionAndUnitAreCopiedIntoTheAnswer() {
    for (int unit : new int[] {0, 1, 247, 255}) {
      byte[] request = Wire.tcp(0xBEEF, unit, WRITE);
      assertArrayEquals(request, exchange(request));
      assertEquals(UnitId.of(unit), log.units.getLast());
    }
  }

  @Covers(Requirement.REPEATED_TRANSACTIONS)
  @Test
  void aRepeatedTransactionIdIsAnsweredAgain() {
    byte[] request = Wire.tcp(1, 1, WRITE);
    byte[] twice = Wire.join(request, request);
    assertArrayEquals(twice, exchange(twice));
    assertArrayEquals(request, exchange(request));
  }

  @Covers(Requirement.PIPELINED_REQUESTS)
  @Test
  void sixteenPipelinedRequestsAreAllAnsweredInOrder() {
    byte[] stream = numbered(16);
    assertArrayEquals(stream, exchange(stream));
    assertEquals(16, session.counters().answers());
  }

  @Covers(Requirement.ANSWERS_IN_ORDER)
  @Test
  void answersGoOutInOrderWhateverTheOrderTheyAreGivenIn() {
    log.executor = (_, _) -> {};
    byte[] stream = numbered(16);
    receive(stream);
    assertEquals(16, log.tickets.size());
    assertFalse(session.accepts());
    for (int i = 15; i > 0; i--) {
      session.answer(log.tickets.get(i), Response.Written.INSTANCE, now);
    }
    assertEquals(0, log.sent.size());
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertArrayEquals(stream, log.sent.toByteArray());
    assertTrue(session.accepts());
  }

  @Test
  void aRequestLeftWithoutAnswerHoldsUpNoOther() {
    log.executor = (_, _) -> {};
    receive(numbered(3));
    session.answer(log.tickets.get(2), Response.Written.INSTANCE, now);
    session.ignore(log.tickets.get(1));
    session.answer(log.tickets.get(0), Response.Written.INSTANCE, now);
    session.answer(log.tickets.get(1), Response.Written.INSTANCE, now);
    assertArrayEquals(
        Wire.join(Wire.tcp(0, 1, WRITE), Wire.tcp(2, 1, WRITE)), log.sent.toByteArray());
    assertEquals(1, session.counters().ignored());
  }

  @Covers(Requirement.SERVER_WINDOW)
  @Test
  void requestsBeyondTheWindowWaitAndAreTakenUpAsRoomComes() {
    session = new TcpServerSession(2, HALF_REQUEST, log);
    log.executor = (_, _) -> {};
    byte[] stream = numbered(7);
    receive(stream);
    assertFalse(session.accepts());
    assertEquals(Long.MAX_VALUE, session.deadline());
    for (int i = 0; i < 7; i++) {
      assertEquals(Math.min(7, i + 2), log.tickets.size());
      session.answer(log.tickets.get(i), Response.Written.INSTANCE, now);
    }
    assertArrayEquals(stream, log.sent.toByteArray());
    assertTrue(session.accepts());
  }

  @Test
  void halfARequestBeyondTheWindowIsCompletedLater() {
    session = new TcpServerSession(1, HALF_REQUEST, log);
    log.executor = (_, _) -> {};
    byte[] stream = numbered(2);
    session.receive(stream, 0, stream.length - 3, now);
    now += 10 * HALF_REQUEST;
    session.advance(now);
    assertEquals(0, log.closes);
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals(now + HALF_REQUEST, session.deadline());
    session.receive(stream, stream.length - 3, 3, now);
    session.answer(log.tickets.getLast(), Response.Written.INSTANCE, now);
    assertArrayEquals(stream, log.sent.toByteArray());
  }

  @Covers(Requirement.SERVER_WINDOW)
  @Test
  void moreThanTheBacklogHoldsClosesTheConnection() {
    session = new TcpServerSession(1, HALF_REQUEST, log);
    log.executor = (_, _) -> {};
    byte[] chunk = numbered(100);
    for (int i = 0; i < 50 && log.closes == 0; i++) {
      receive(chunk);
    }
    assertEquals(1, log.closes);
    assertFalse(session.accepts());
    assertEquals(1, log.requests.size());
  }

  @Covers(Requirement.OTHER_PROTOCOLS)
  @Test
  void anotherProtocolIsDroppedAndTheStreamStaysInSync() {
    byte[] other = Wire.tcp(1, 1, WRITE);
    other[2] = 1;
    byte[] request = Wire.tcp(2, 1, WRITE);
    assertArrayEquals(request, exchange(Wire.join(other, request)));
    assertEquals(1, log.requests.size());
    assertEquals(0, log.closes);
  }

  @Covers(Requirement.IMPOSSIBLE_LENGTH)
  @ParameterizedTest
  @ValueSource(strings = {"00 00", "00 01", "00 ff", "ff ff"})
  void aLengthThatCannotBeClosesTheConnection(String length) {
    byte[] broken = Wire.hex("00 01 00 00 " + length + " 01 06 00 01 00 03");
    assertArrayEquals(new byte[0], exchange(Wire.join(broken, Wire.tcp(2, 1, WRITE))));
    assertEquals(1, log.closes);
    receive(Wire.tcp(3, 1, WRITE));
    assertEquals(List.of(), log.requests);
    session.reset();
    assertArrayEquals(Wire.tcp(4, 1, WRITE), exchange(Wire.tcp(4, 1, WRITE)));
  }

  @Covers({Requirement.UNKNOWN_FUNCTION, Requirement.INVALID_FUNCTION_CODES})
  @ParameterizedTest
  @CsvSource({
    "63, e3 01",
    "00 01 02, 80 01",
    "83 02, 83 01",
    "ff 00 00, ff 01",
    "03, 83 03",
    "03 00 00 00 00, 83 03",
    "01 00 00 07 d1, 81 03",
    "03 00 00 00 01 00, 83 03",
    "03 ff ff 00 02, 83 02",
    "05 00 ac 12 34, 85 03",
    "0f 00 13 00 0a 03 cd 01 00, 8f 03",
  })
  void malformedRequestsAreRefusedAndTheConnectionStaysOpen(String pdu, String refusal) {
    assertArrayEquals(Wire.tcp(7, 9, refusal), exchange(Wire.tcp(7, 9, pdu)));
    assertEquals(List.of(), log.requests);
    assertEquals(0, log.closes);
    assertArrayEquals(Wire.tcp(8, 9, WRITE), exchange(Wire.tcp(8, 9, WRITE)));
  }

  @Covers(Requirement.LENGTH_FIELD_DELIMITS)
  @Test
  void whatHidesBehindAWrongLengthIsNeverASecondRequest() {
    byte[] hidden = Wire.tcp(2, 1, "10 00 00 00 01 02 de ad");
    byte[] request = Wire.tcp(1, 1, "03 00 00 00 01 " + Wire.hex(hidden));
    assertArrayEquals(Wire.tcp(1, 1, "83 03"), exchange(request));
    byte[] shortCount = Wire.tcp(1, 1, "10 00 00 00 01 02 00 01 " + Wire.hex(hidden));
    assertArrayEquals(Wire.tcp(1, 1, "90 03"), exchange(shortCount));
    byte[] longCount = Wire.tcp(1, 1, "10 00 00 00 08 10 00 01");
    assertArrayEquals(
        Wire.join(Wire.tcp(1, 1, "90 03"), Wire.tcp(3, 1, WRITE)),
        exchange(Wire.join(longCount, Wire.tcp(3, 1, WRITE))));
    assertEquals(1, log.requests.size());
  }

  @Covers(Requirement.ANSWERS_IN_ORDER)
  @Test
  void aRefusalWaitsForTheAnswersBeforeIt() {
    log.executor = (_, _) -> {};
    receive(Wire.join(Wire.tcp(1, 1, WRITE), Wire.tcp(2, 1, "63")));
    assertEquals(0, log.sent.size());
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertArrayEquals(
        Wire.join(Wire.tcp(1, 1, WRITE), Wire.tcp(2, 1, "e3 01")), log.sent.toByteArray());
  }

  @Covers(Requirement.HALF_REQUESTS)
  @Test
  void aRequestThatStopsHalfWayClosesTheConnection() {
    byte[] request = Wire.tcp(1, 1, WRITE);
    assertEquals(Long.MAX_VALUE, session.deadline());
    session.receive(request, 0, 3, now);
    now += HALF_REQUEST - 1;
    session.receive(request, 3, 3, now);
    assertEquals(now + HALF_REQUEST, session.deadline());
    session.advance(now + HALF_REQUEST - 1);
    assertEquals(0, log.closes);
    session.advance(now + HALF_REQUEST);
    assertEquals(1, log.closes);
    assertEquals(Long.MAX_VALUE, session.deadline());
  }

  @Covers(Requirement.SEGMENTS)
  @Test
  void anySplitAndCoalescingGivesTheSameAnswers() {
    SplittableRandom random = new SplittableRandom(15);
    byte[] stream = numbered(100);
    for (int run = 0; run < 100; run++) {
      int at = 0;
      while (at < stream.length) {
        int chunk = Math.min(stream.length - at, random.nextInt(1, 60));
        session.receive(stream, at, chunk, now);
        at += chunk;
      }
      assertArrayEquals(stream, log.sent.toByteArray());
      log.sent.reset();
    }
  }

  @Test
  void aResetForgetsWhatIsBufferedAndOpen() {
    log.executor = (_, _) -> {};
    receive(Wire.tcp(1, 1, WRITE));
    session.receive(Wire.tcp(2, 1, WRITE), 0, 9, now);
    session.reset();
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals(0, log.sent.size());
    answerAtOnce();
    assertArrayEquals(Wire.tcp(3, 1, WRITE), exchange(Wire.tcp(3, 1, WRITE)));
  }

  @Test
  void theRestOfAChunkIsDroppedWhenTheConnectionIsReplacedMeanwhile() {
    log.executor = (_, _) -> session.reset();
    receive(numbered(5));
    assertEquals(1, log.requests.size());
    answerAtOnce();
    assertArrayEquals(Wire.tcp(9, 1, WRITE), exchange(Wire.tcp(9, 1, WRITE)));
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomBytesNeverThrow() {
    SplittableRandom random = new SplittableRandom(16);
    log.executor = (ticket, request) -> answerAny(random, ticket, request);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      if (bytes.length > 8) {
        bytes[2] = 0;
        bytes[3] = 0;
        bytes[4] = 0;
        bytes[7] = (byte) random.nextInt(25);
      }
      receive(bytes);
      session.advance(++now);
      if (log.closes > 0) {
        session.reset();
        log.closes = 0;
      }
    }
    assertTrue(session.counters().refusals() > 100);
  }

  private void answerAny(SplittableRandom random, long ticket, Request request) {
    session.answer(ticket, Wire.anyResponse(random, request), now);
  }

  private static byte[] numbered(int count) {
    return Wire.join(
        IntStream.range(0, count).mapToObj(i -> Wire.tcp(i, 1, WRITE)).toArray(byte[][]::new));
  }

  private byte[] exchange(byte[] bytes) {
    receive(bytes);
    byte[] sent = log.sent.toByteArray();
    log.sent.reset();
    return sent;
  }

  private void receive(byte[] bytes) {
    session.receive(bytes, 0, bytes.length, now);
  }
}
