package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpClientSessionTest {
  private static final long TIMEOUT = 1_000;
  private static final UnitId UNIT = UnitId.of(17);
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0x6B, 1));

  private final ClientLog log = new ClientLog();
  private TcpClientSession session = new TcpClientSession(16, log);
  private long now = 1_000;

  @Test
  void aRequestIsSentAtOnceAsItsUnit() {
    session.offer(UNIT, READ, TIMEOUT, now);
    assertArrayEquals(Wire.tcp(0, 17, "03 00 6b 00 01"), log.sent.getFirst());
    assertEquals(now + TIMEOUT, session.deadline());
    receive(Wire.tcp(0, 17, "03 02 12 34"));
    assertEquals(List.of(answered(0x1234)), log.outcomes);
    assertEquals(Long.MAX_VALUE, session.deadline());
  }

  @Covers(Requirement.TRANSACTION_IDENTIFIERS)
  @Test
  void aWindowOfRequestsIsMatchedByTransactionInAnyOrder() {
    for (int i = 0; i < 16; i++) {
      assertTrue(session.canOffer(now));
      session.offer(UNIT, READ, TIMEOUT, now);
    }
    assertFalse(session.canOffer(now));
    assertEquals(16, session.inFlight());
    assertThrows(IllegalStateException.class, () -> session.offer(UNIT, READ, TIMEOUT, now));
    for (int i = 15; i >= 0; i--) {
      receive(Wire.tcp(i, 17, "03 02 00 0" + Integer.toHexString(i)));
      assertEquals(answered(i), log.outcomes.getLast());
      assertEquals(i + 1L, log.transactions.getLast());
    }
  }

  @Covers({Requirement.LATE_ANSWERS, Requirement.ONE_TIMEOUT})
  @Test
  void aLateAnswerIsCountedAndTheOthersGoOn() {
    session.offer(UNIT, READ, TIMEOUT, now);
    session.offer(UNIT, READ, 10 * TIMEOUT, now);
    now += TIMEOUT;
    session.advance(now);
    assertEquals(List.of(new Outcome.Silence()), log.outcomes);
    assertEquals(1, session.inFlight());
    receive(Wire.tcp(0, 17, "03 02 ff ff"));
    receive(Wire.tcp(0x4711, 17, "03 02 ff ff"));
    assertEquals(2, session.counters().lateAnswers());
    receive(Wire.tcp(1, 17, "03 02 00 01"));
    assertEquals(answered(1), log.outcomes.getLast());
  }

  @Covers(Requirement.LATE_ANSWERS)
  @Test
  void anAnswerPastTheDeadlineIsLateEvenIfTimeWasNotToldBefore() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now += TIMEOUT + 1;
    receive(Wire.tcp(0, 17, "03 02 ff ff"));
    assertEquals(List.of(new Outcome.Silence()), log.outcomes);
    assertEquals(1, session.counters().lateAnswers());
  }

  @Covers(Requirement.TRANSACTION_IDENTIFIERS)
  @Test
  void noTransactionIdIsUsedAgainWhileInFlightAndTheyWrap() {
    session = new TcpClientSession(2, 65_534, log);
    session.offer(UNIT, READ, Long.MAX_VALUE, now);
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 65_535; i++) {
      session.offer(UNIT, READ, TIMEOUT, now);
      byte[] sent = log.sent.getLast();
      int id = (sent[0] & 0xFF) << 8 | (sent[1] & 0xFF);
      assertEquals((65_535 + i) & 0xFFFF, id);
      assertTrue(used.add(id));
      receive(Wire.tcp(id, 17, "83 01"));
      log.sent.clear();
      log.outcomes.clear();
    }
    session.offer(UNIT, READ, TIMEOUT, now);
    assertArrayEquals(Wire.tcp(65_535, 17, "03 00 6b 00 01"), log.sent.getLast());
    receive(Wire.tcp(65_534, 17, "03 02 00 07"));
    assertEquals(answered(7), log.outcomes.getLast());
    assertEquals(1L, log.transactions.getLast());
  }

  @Covers(Requirement.TCP_ANSWER_IS_CHECKED)
  @ParameterizedTest
  @CsvSource({
    "18, 03 02 00 01, WRONG_UNIT",
    "17, 04 02 00 01, WRONG_FUNCTION",
    "17, 03 04 00 01 00 02, WRONG_CONTENT",
    "17, 03 02 00 01 00, WRONG_CONTENT",
  })
  void anAnswerThatIsNotTheRequestsLeavesItWaiting(int unit, String pdu, NoiseReason reason) {
    session.offer(UNIT, READ, TIMEOUT, now);
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.tcp(0, unit, pdu));
    receive(Wire.tcp(1, unit, pdu));
    receive(Wire.tcp(1, 17, "03 02 00 01"));
    assertEquals(List.of(answered(1)), log.outcomes);
    session.advance(now + TIMEOUT);
    assertEquals(List.of(answered(1), new Outcome.Noise(reason)), log.outcomes);
  }

  @Covers(Requirement.CLIENT_DROPS_OTHER_PROTOCOLS)
  @Test
  void anotherProtocolIsDroppedAndTheStreamStaysInSync() {
    session.offer(UNIT, READ, TIMEOUT, now);
    byte[] other = Wire.tcp(0, 17, "03 02 ff ff");
    other[3] = 1;
    receive(Wire.join(other, Wire.tcp(0, 17, "03 02 00 05")));
    assertEquals(List.of(answered(5)), log.outcomes);
    assertEquals(other.length, session.counters().bytesDiscarded());
  }

  @Test
  void halfAnAnswerIsTruncatedAndTheRestOfItIsLate() {
    session.offer(UNIT, READ, TIMEOUT, now);
    byte[] answer = Wire.tcp(0, 17, "03 02 00 05");
    session.receive(answer, 0, 8, now);
    now += TIMEOUT;
    session.advance(now);
    assertEquals(List.of(new Outcome.Noise(NoiseReason.TRUNCATED)), log.outcomes);
    session.offer(UNIT, READ, TIMEOUT, now);
    session.receive(answer, 8, answer.length - 8, now);
    assertEquals(1, session.counters().lateAnswers());
    receive(Wire.tcp(1, 17, "03 02 00 06"));
    assertEquals(answered(6), log.outcomes.getLast());
  }

  @Covers(Requirement.STALLED_ANSWER)
  @Test
  void aPeerThatStopsInTheMiddleOfAUnitForAWholeTimeoutIsBroken() {
    session.offer(UNIT, READ, TIMEOUT, now);
    session.receive(Wire.tcp(0, 17, "03 02 00 05"), 0, 8, now + 1);
    now += TIMEOUT;
    session.advance(now);
    assertEquals(0, log.closes);
    session.offer(UNIT, READ, TIMEOUT, now);
    session.offer(UNIT, READ, 2 * TIMEOUT, now);
    now += TIMEOUT;
    session.advance(now);
    assertEquals(
        List.of(
            new Outcome.Noise(NoiseReason.TRUNCATED), new Outcome.Silence(), new Outcome.Aborted()),
        log.outcomes);
    assertEquals(1, log.closes);
    assertFalse(session.canOffer(now));
  }

  @Covers(Requirement.CLIENT_SEES_IMPOSSIBLE_LENGTH)
  @ParameterizedTest
  @ValueSource(strings = {"00 00", "00 01", "00 ff", "ff ff"})
  void brokenFramingAbortsAllAndAsksForTheConnectionToBeClosed(String length) {
    session.offer(UNIT, READ, TIMEOUT, now);
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.hex("00 00 00 00 " + length + " 11 03 02 00 05"));
    assertEquals(Collections.nCopies(2, new Outcome.Aborted()), log.outcomes);
    assertEquals(1, log.closes);
    assertFalse(session.canOffer(now));
    assertThrows(IllegalStateException.class, () -> session.offer(UNIT, READ, TIMEOUT, now));
    receive(Wire.tcp(1, 17, "03 02 00 05"));
    assertEquals(1, log.closes);
    session.reset(now);
    assertTrue(session.canOffer(now));
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.tcp(2, 17, "03 02 00 05"));
    assertEquals(answered(5), log.outcomes.getLast());
    assertEquals(
        session.counters().bytesReceived(),
        session.counters().bytesDiscarded() + Wire.tcp(2, 17, "03 02 00 05").length);
  }

  @Covers(Requirement.LOST_CONNECTIONS)
  @Test
  void aResetAbortsAndForgetsHalfAnswers() {
    session.offer(UNIT, READ, TIMEOUT, now);
    session.receive(Wire.tcp(0, 17, "03 02 00 05"), 0, 5, now);
    session.reset(now);
    assertEquals(List.of(new Outcome.Aborted()), log.outcomes);
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.tcp(1, 17, "03 02 00 05"));
    assertEquals(answered(5), log.outcomes.getLast());
  }

  @Covers(Requirement.UNIT_0_IS_NO_BROADCAST_ON_TCP)
  @Test
  void unitZeroIsAnsweredLikeAnyOther() {
    session.offer(UnitId.of(0), READ, TIMEOUT, now);
    receive(Wire.tcp(0, 0, "03 02 00 05"));
    assertEquals(List.of(answered(5)), log.outcomes);
  }

  @Covers(Requirement.SEGMENTS)
  @Test
  void anySplitAndCoalescingOfAnswersGivesTheSameOutcomes() {
    SplittableRandom random = new SplittableRandom(9);
    for (int run = 0; run < 100; run++) {
      log.outcomes.clear();
      session = new TcpClientSession(16, log);
      byte[][] answers = new byte[16][];
      for (int i = 0; i < 16; i++) {
        session.offer(UNIT, READ, TIMEOUT, now);
        answers[i] = Wire.tcp(i, 17, "03 02 00 0" + Integer.toHexString(i));
      }
      byte[] stream = Wire.join(answers);
      int at = 0;
      while (at < stream.length) {
        int chunk = random.nextInt(1, stream.length - at + 1);
        session.receive(stream, at, chunk, now);
        at += chunk;
      }
      for (int i = 0; i < 16; i++) {
        assertEquals(answered(i), log.outcomes.get(i));
      }
    }
  }

  @Test
  void theNextRequestMayBeOfferedFromTheEndOfTheLastAndResetsMayHappenThere() {
    TcpClientSession[] chained = new TcpClientSession[1];
    ClientLog chain =
        new ClientLog() {
          @Override
          public void concluded(
              long transaction,
              UnitId unit,
              Request request,
              Outcome outcome,
              long sentNanos,
              long nowNanos) {
            super.concluded(transaction, unit, request, outcome, sentNanos, nowNanos);
            if (outcomes.size() == 2) {
              chained[0].reset(nowNanos);
            }
            if (chained[0].canOffer(nowNanos)) {
              chained[0].offer(unit, request, TIMEOUT, nowNanos);
            }
          }
        };
    chained[0] = new TcpClientSession(1, chain);
    chained[0].offer(UNIT, READ, TIMEOUT, now);
    byte[] stream =
        Wire.join(
            Wire.tcp(0, 17, "03 02 00 01"),
            Wire.tcp(1, 17, "03 02 00 02"),
            Wire.tcp(2, 17, "03 02 00 03"));
    chained[0].receive(stream, 0, stream.length, now);
    assertEquals(List.of(answered(1), answered(2)), chain.outcomes);
    assertEquals(1, chained[0].inFlight());
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomBytesNeverThrowAndEveryRequestEnds() {
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < 3_000; i++) {
      if (session.canOffer(now)) {
        session.offer(UNIT, Wire.anyRequest(random), random.nextInt(100), now);
      } else if (log.closes > 0) {
        session.reset(now);
        log.closes = 0;
      }
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      for (int at = 2; at < Math.min(5, bytes.length); at++) {
        bytes[at] = 0;
      }
      receive(bytes);
      now += random.nextInt(50);
      session.advance(now);
    }
    ClientCounters counters = session.counters();
    assertEquals(counters.requests(), log.outcomes.size() + session.inFlight());
  }

  private void receive(byte[] bytes) {
    session.receive(bytes, 0, bytes.length, now);
  }

  private static Outcome answered(int register) {
    return new Outcome.Answered(new Response.Registers(RegisterBlock.of(register)));
  }
}
