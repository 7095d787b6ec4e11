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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtuClientSessionTest extends RtuClientBench {
  @Covers(Requirement.ONE_TRANSACTION_AT_A_TIME)
  @Test
  void aRequestIsSentAtOnceAsItsFrame() {
    long number = session.offer(UNIT, READ, TIMEOUT, now);
    assertArrayEquals(Wire.rtu("11 03 00 6b 00 02"), log.sent.getFirst());
    assertEquals(1, session.inFlight());
    assertFalse(session.canOffer(now));
    assertThrows(
        IllegalStateException.class, () -> session.offer(UNIT, READ, TIMEOUT, now + TIMEOUT));
    receive(ANSWER);
    assertEquals(List.of(number), log.transactions);
    assertEquals(List.of(ANSWERED), log.outcomes);
    assertEquals(0, session.inFlight());
  }

  @Covers(Requirement.RESPONSE_TIMEOUT)
  @Test
  void theTimeoutRunsFromTheEndOfSending() {
    session.offer(UNIT, READ, TIMEOUT, now);
    long deadline = now + 8 * CHARACTER + TIMEOUT;
    assertEquals(deadline, session.deadline());
    session.advance(deadline - 1);
    assertEquals(1, session.inFlight());
    session.advance(deadline);
    assertEquals(List.of(new Outcome.Silence()), log.outcomes);
  }

  @Test
  void anAnswerInTimeIsTakenEvenIfTimeWasNotToldBefore() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now = session.deadline();
    receive(ANSWER);
    assertEquals(List.of(ANSWERED), log.outcomes);
  }

  @Covers({Requirement.REQUEST_KEEPS_SILENCE, Requirement.INTER_FRAME_SILENCE})
  @Test
  void theLineStaysSilentBetweenAnAnswerAndTheNextRequest() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now += 20_000_000;
    receive(ANSWER);
    assertFalse(session.canOffer(now + SILENCE - 1));
    assertEquals(now + SILENCE, session.deadline());
    assertTrue(session.canOffer(now + SILENCE));
    session.advance(now + SILENCE);
    assertEquals(Long.MAX_VALUE, session.deadline());
  }

  @Covers(Requirement.REQUEST_KEEPS_SILENCE)
  @Test
  void bytesWhileIdleMakeTheSilenceStartAgain() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(ANSWER);
    now += SILENCE / 2;
    receive(Wire.hex("00"));
    assertFalse(session.canOffer(now + SILENCE - 1));
    assertTrue(session.canOffer(now + SILENCE));
    assertEquals(1, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.REQUEST_KEEPS_SILENCE)
  @Test
  void aFrameThatIsStillBeingSentIsLetOutThoughItsAnswerSeemsToBeHere() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now += 20_000_000;
    receive(ANSWER);
    now += SILENCE;
    session.offer(UNIT, READ, TIMEOUT, now);
    long left = now + 8 * CHARACTER;
    now += CHARACTER;
    receive(ANSWER);
    assertFalse(session.canOffer(left + SILENCE - 1));
    assertTrue(session.canOffer(left + SILENCE));
  }

  @Test
  void aLineThatAnswersFasterThanItsBaudRateAgainAndAgainHasNone() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now += 20_000_000;
    receive(ANSWER);
    for (int i = 0; i < 3; i++) {
      now = session.deadline();
      session.offer(UNIT, READ, TIMEOUT, now);
      now += CHARACTER;
      receive(ANSWER);
    }
    assertEquals(now + SILENCE, session.deadline());
  }

  @Test
  void noBytesAtAllMeanNothing() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(ANSWER);
    long silentUntil = session.deadline();
    now += SILENCE / 2;
    receive(new byte[0]);
    assertEquals(silentUntil, session.deadline());
  }

  @Covers(Requirement.REFUSAL_ENDS_TRANSACTION)
  @Test
  void aRefusalConcludesAtOnce() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.rtu("11 83 02"));
    assertEquals(List.of(new Outcome.Refused(new Response.Refusal(2))), log.outcomes);
    assertEquals(1, session.counters().refusals());
  }

  @Covers(Requirement.TURNAROUND_DELAY)
  @Test
  void aBroadcastEndsAfterItsTurnaroundDelay() {
    session.offer(UnitId.BROADCAST, new Request.WriteSingleRegister(1, 3), TIMEOUT, now);
    assertArrayEquals(Wire.rtu("00 06 00 01 00 03"), log.sent.getFirst());
    long end = now + 8 * CHARACTER + TURNAROUND;
    assertEquals(end, session.deadline());
    session.advance(end - 1);
    assertEquals(List.of(), log.outcomes);
    session.advance(end);
    assertEquals(List.of(new Outcome.Broadcast()), log.outcomes);
    assertTrue(session.canOffer(end));
  }

  @Covers(Requirement.READS_ARE_NOT_BROADCAST)
  @Test
  void aReadIsNotBroadcast() {
    assertThrows(
        IllegalArgumentException.class, () -> session.offer(UnitId.BROADCAST, READ, TIMEOUT, now));
    assertEquals(0, session.inFlight());
    assertTrue(session.canOffer(now));
  }

  @Covers(Requirement.SERIAL_CHUNKING)
  @Test
  void theOutcomeDoesNotDependOnHowTheBytesAreChunked() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] garbage = new byte[40];
    for (int run = 0; run < 500; run++) {
      random.nextBytes(garbage);
      byte[] before = Arrays.copyOf(garbage, random.nextInt(garbage.length));
      byte[] after = Arrays.copyOf(garbage, random.nextInt(5));
      if (!session.canOffer(now)) {
        now = session.deadline();
        session.advance(now);
      }
      session.offer(UNIT, READ, TIMEOUT, now);
      byte[] all = Wire.join(before, ANSWER, after);
      int at = 0;
      while (at < all.length) {
        int chunk = random.nextInt(1, all.length - at + 1);
        session.receive(all, at, chunk, ++now);
        at += chunk;
      }
      assertEquals(run + 1, log.outcomes.size());
      assertEquals(ANSWERED, log.outcomes.getLast());
    }
  }

  @Test
  void aBeginningOfAnAnswerBeforeTheAnswerDoesNoHarm() {
    for (int length = 1; length < ANSWER.length; length++) {
      session.offer(UNIT, READ, TIMEOUT, now);
      receive(Wire.join(Arrays.copyOf(ANSWER, length), ANSWER));
      assertEquals(length, log.outcomes.size());
      assertEquals(ANSWERED, log.outcomes.getLast());
      now += SILENCE;
    }
  }

  @Test
  void aRefusalBehindABeginningOfAnAnswerIsFoundAtTheLatestAtTheTimeout() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.join(Wire.hex("11 03 04"), Wire.rtu("11 83 06")));
    session.advance(session.deadline());
    assertEquals(List.of(new Outcome.Refused(new Response.Refusal(6))), log.outcomes);
  }

  @Test
  void aRefusalInsideTheDataOfAnAnswerIsNotTaken() {
    byte[] refusal = Wire.rtu("11 83 02");
    byte[] answer = Wire.rtu("11 03 06 " + Wire.hex(refusal) + " 00");
    session.offer(
        UNIT, new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 3)), TIMEOUT, now);
    for (byte one : answer) {
      receive(new byte[] {one});
    }
    assertEquals(
        List.of(new Outcome.Answered(new Response.Registers(RegisterBlock.view(answer, 3, 3)))),
        log.outcomes);
  }

  @Covers(Requirement.WAITS_ON_AFTER_A_BAD_FRAME)
  @ParameterizedTest
  @CsvSource({
    "11, TRUNCATED",
    "11 03 04 02 2b, TRUNCATED",
    "11 03 04 02 2b 00 64 00 00, CHECKSUM",
    "11 83 02 00 00, CHECKSUM",
    "fe fd 00, GARBAGE",
  })
  void bytesThatMakeNoAnswerAreNoise(String bytes, NoiseReason reason) {
    assertNoise(Wire.hex(bytes), reason);
  }

  @Covers(Requirement.SERIAL_ANSWER_IS_CHECKED)
  @ParameterizedTest
  @CsvSource({
    "12 03 04 02 2b 00 64, WRONG_UNIT",
    "11 04 04 02 2b 00 64, WRONG_FUNCTION",
    "11 84 02, WRONG_FUNCTION",
    "11 03 02 02 2b, WRONG_CONTENT",
    "11 03 06 02 2b 00 64 00 00, WRONG_CONTENT",
    "11 83 00, WRONG_CONTENT",
  })
  void wholeFramesThatAreNoAnswerToTheRequestAreNoise(String frame, NoiseReason reason) {
    assertNoise(Wire.rtu(frame), reason);
  }

  private void assertNoise(byte[] bytes, NoiseReason reason) {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(bytes);
    assertEquals(1, session.inFlight());
    session.advance(session.deadline());
    assertEquals(List.of(new Outcome.Noise(reason)), log.outcomes);
    assertEquals(1, session.counters().noises());
    assertEquals(reason == NoiseReason.CHECKSUM ? 1 : 0, session.counters().checksumErrors());
    assertEquals(bytes.length, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.SERIAL_ANSWER_IS_CHECKED)
  @Test
  void aWrongEchoOfAWriteIsRefused() {
    session.offer(UNIT, new Request.WriteSingleRegister(1, 3), TIMEOUT, now);
    receive(Wire.rtu("11 06 00 01 00 04"));
    session.advance(session.deadline());
    assertEquals(List.of(new Outcome.Noise(NoiseReason.WRONG_CONTENT)), log.outcomes);
  }

  @Covers(Requirement.WAITS_ON_AFTER_A_BAD_FRAME)
  @Test
  void theRightAnswerIsTakenAfterAWrongOne() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.rtu("12 03 04 02 2b 00 64"));
    receive(ANSWER);
    assertEquals(List.of(ANSWERED), log.outcomes);
  }

  @Test
  void aFloodOfGarbageIsSurvivedAndTheAnswerInItIsFound() {
    session.offer(UNIT, READ, TIMEOUT, now);
    byte[] flood = new byte[5_000];
    Arrays.fill(flood, (byte) 0x11);
    receive(flood);
    receive(ANSWER);
    assertEquals(List.of(ANSWERED), log.outcomes);
    assertEquals(flood.length, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.LOST_CONNECTIONS)
  @Test
  void aResetAbortsAndListensForOneSilence() {
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.hex("11 03"));
    session.reset(now);
    assertEquals(List.of(new Outcome.Aborted()), log.outcomes);
    assertEquals(0, session.inFlight());
    now += SILENCE;
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Arrays.copyOfRange(ANSWER, 2, ANSWER.length));
    session.advance(session.deadline());
    assertEquals(new Outcome.Noise(NoiseReason.GARBAGE), log.outcomes.getLast());
    session.reset(now);
    assertEquals(2, log.outcomes.size());
  }

  @Test
  void theNextRequestMayBeOfferedFromTheEndOfTheLast() {
    RtuClientSession[] chained = new RtuClientSession[1];
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
            chained[0].offer(unit, request, TIMEOUT, nowNanos);
          }
        };
    chained[0] = new RtuClientSession(new RtuClientSettings(0, 0, 0, 0), chain);
    chained[0].offer(UNIT, READ, TIMEOUT, now);
    chained[0].receive(Wire.join(ANSWER, ANSWER), 0, 2 * ANSWER.length, now);
    assertEquals(List.of(ANSWERED), chain.outcomes);
    chained[0].advance(now + TIMEOUT);
    assertEquals(List.of(ANSWERED, new Outcome.Silence()), chain.outcomes);
    assertEquals(1, chained[0].inFlight());
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomBytesNeverThrowAndEveryRequestEnds() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 2_000; i++) {
      if (session.canOffer(now)) {
        session.offer(UNIT, Wire.anyRequest(random), random.nextInt(10_000_000), now);
      }
      byte[] bytes = new byte[random.nextInt(700)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && random.nextBoolean()) {
        bytes[1] = 0x11;
        bytes[2] = 0x03;
      }
      now += random.nextInt(100_000_000);
      receive(bytes);
      now += random.nextInt(100_000_000);
      session.advance(now);
    }
    ClientCounters counters = session.counters();
    assertTrue(counters.requests() > 100);
    assertEquals(counters.requests(), log.outcomes.size() + session.inFlight());
  }
}
