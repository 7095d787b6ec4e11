package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.AsciiWire;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiClientSessionTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TIMEOUT = 5 * SECOND;
  private static final long DRAIN = 50_000_000;
  private static final long TURNAROUND = 100_000_000;
  private static final long CHARACTER = new RtuTiming(9_600, 10).characterNanos();
  private static final UnitId UNIT = UnitId.of(17);
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0x6B, 2));
  private static final byte[] ANSWER = AsciiWire.frame("11 03 04 02 2b 00 64");
  private static final Outcome ANSWERED =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(0x022B, 0x0064)));

  private final ClientLog log = new ClientLog();
  private AsciiClientSession session =
      new AsciiClientSession(AsciiClientSettings.of(CHARACTER), log);
  private long now = -7 * SECOND;

  private void receive(byte[] bytes) {
    session.receive(bytes, 0, bytes.length, now);
  }

  private void offer() {
    session.offer(UNIT, READ, TIMEOUT, now);
  }

  private void expire() {
    now = session.deadline();
    session.advance(now);
  }

  @Covers({Requirement.ASCII_FRAME, Requirement.ASCII_HEX_CASE, Requirement.RESPONSE_TIMEOUT})
  @Test
  void aRequestIsSentAsItsFrameAndNoSilenceIsKept() {
    offer();
    assertEquals(":1103006B00027F\r\n", AsciiWire.text(log.sent.getFirst()));
    assertEquals(now + 17 * CHARACTER + TIMEOUT, session.deadline());
    receive(ANSWER);
    assertEquals(List.of(ANSWERED), log.outcomes);
    assertTrue(session.canOffer(now));
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Covers(Requirement.REFUSAL_ENDS_TRANSACTION)
  @Test
  void aRefusalConcludesAtOnce() {
    offer();
    receive(AsciiWire.frame("11 83 02"));
    assertEquals(List.of(new Outcome.Refused(new Response.Refusal(2))), log.outcomes);
  }

  @Test
  void aSilenceIsKeptIfAnAdapterNeedsOne() {
    session =
        new AsciiClientSession(AsciiClientSettings.of(CHARACTER).withSilenceNanos(SECOND), log);
    offer();
    receive(ANSWER);
    assertFalse(session.canOffer(now + SECOND - 1));
    assertTrue(session.canOffer(now + SECOND));
  }

  @Covers(Requirement.TURNAROUND_DELAY)
  @Test
  void aBroadcastEndsAfterItsTurnaroundDelay() {
    session.offer(UnitId.BROADCAST, new Request.WriteSingleRegister(1, 3), TIMEOUT, now);
    assertArrayEquals(AsciiWire.frame("00 06 00 01 00 03"), log.sent.getFirst());
    long end = now + 17 * CHARACTER + TURNAROUND;
    assertEquals(end, session.deadline());
    session.advance(end);
    assertEquals(List.of(new Outcome.Broadcast()), log.outcomes);
    assertTrue(session.canOffer(end));
  }

  @Covers(Requirement.READS_ARE_NOT_BROADCAST)
  @Test
  void aReadIsNotBroadcast() {
    assertThrows(
        IllegalArgumentException.class, () -> session.offer(UnitId.BROADCAST, READ, TIMEOUT, now));
    assertTrue(session.canOffer(now));
  }

  @Test
  void nothingAtAllIsSilenceAndTheLineIsDrained() {
    offer();
    expire();
    assertEquals(List.of(new Outcome.Silence()), log.outcomes);
    assertFalse(session.canOffer(now + DRAIN - 1));
    assertTrue(session.canOffer(now + DRAIN));
  }

  @Covers({
    Requirement.ASCII_BAD_LRC,
    Requirement.ASCII_ODD_OR_FOREIGN_CHARACTERS,
    Requirement.WAITS_ON_AFTER_A_BAD_FRAME
  })
  @ParameterizedTest
  @CsvSource({
    "':110304022B0064', TRUNCATED",
    "':110304022B00:11', TRUNCATED",
    "':110304022B006456~', CHECKSUM",
    "':110304022B00645~', GARBAGE",
    "'abc', GARBAGE",
    "'~', GARBAGE",
  })
  void charactersThatMakeNoAnswerAreNoise(String text, NoiseReason reason) {
    assertNoise(AsciiWire.characters(text.replace("~", "\r\n")), reason);
  }

  @Covers({Requirement.SERIAL_ANSWER_IS_CHECKED, Requirement.WAITS_ON_AFTER_A_BAD_FRAME})
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
    assertNoise(Wire.join(AsciiWire.frame(frame), AsciiWire.characters("\r\n")), reason);
  }

  private void assertNoise(byte[] characters, NoiseReason reason) {
    offer();
    receive(characters);
    assertEquals(1, session.inFlight());
    expire();
    assertEquals(List.of(new Outcome.Noise(reason)), log.outcomes);
    assertEquals(characters.length, session.counters().bytesDiscarded());
    assertEquals(reason == NoiseReason.CHECKSUM ? 1 : 0, session.counters().checksumErrors());
  }

  @Covers(Requirement.SERIAL_ANSWER_IS_CHECKED)
  @Test
  void aWrongEchoOfAWriteIsRefused() {
    session.offer(UNIT, new Request.WriteSingleRegister(1, 3), TIMEOUT, now);
    receive(AsciiWire.frame("11 06 00 01 00 04"));
    expire();
    assertEquals(List.of(new Outcome.Noise(NoiseReason.WRONG_CONTENT)), log.outcomes);
  }

  @Covers(Requirement.SERIAL_CHUNKING)
  @Test
  void theOutcomeDoesNotDependOnWhatStandsAroundTheAnswerNorOnChunks() {
    SplittableRandom random = new SplittableRandom(31);
    for (int run = 0; run < 500; run++) {
      byte[] before = new byte[random.nextInt(300)];
      random.nextBytes(before);
      byte[] wrong = AsciiWire.frame(random.nextBoolean() ? "12 03 02 00 00" : "11 03 02 00 00");
      byte[] all = Wire.join(before, wrong, ANSWER, Arrays.copyOf(before, before.length / 2));
      if (!session.canOffer(now)) {
        expire();
      }
      offer();
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

  @Covers(Requirement.ASCII_TIMEOUT)
  @Test
  void aGapInsideAFrameIsAllowedUpToASecond() {
    offer();
    receive(Arrays.copyOf(ANSWER, 5));
    now += SECOND + (ANSWER.length - 5) * CHARACTER;
    receive(Arrays.copyOfRange(ANSWER, 5, ANSWER.length));
    assertEquals(List.of(ANSWERED), log.outcomes);
    offer();
    receive(Arrays.copyOf(ANSWER, 5));
    now += SECOND + (ANSWER.length - 5) * CHARACTER + 1;
    receive(Arrays.copyOfRange(ANSWER, 5, ANSWER.length));
    assertEquals(1, log.outcomes.size());
    expire();
    assertEquals(new Outcome.Noise(NoiseReason.TRUNCATED), log.outcomes.getLast());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void aLateAnswerIsCountedAndEndsTheDrain() {
    offer();
    expire();
    receive(ANSWER);
    assertEquals(1, session.counters().lateAnswers());
    assertTrue(session.canOffer(now));
    assertEquals(1, log.outcomes.size());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void aLateAnswerIsNotTakenForTheNext() {
    session.offer(UnitId.of(5), READ, TIMEOUT, now);
    expire();
    now += DRAIN;
    offer();
    receive(AsciiWire.frame("05 03 04 ff ff ff ff"));
    assertEquals(1, session.inFlight());
    receive(ANSWER);
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertEquals(1, session.counters().lateAnswers());
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Test
  void anAnswerThatMayBeTheOneBeforesDrainsTheLineOnceMore() {
    offer();
    expire();
    now += DRAIN;
    offer();
    receive(ANSWER);
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertFalse(session.canOffer(now + DRAIN - 1));
    receive(ANSWER);
    assertEquals(1, session.counters().lateAnswers());
    assertTrue(session.canOffer(now));
  }

  @Covers({Requirement.LATE_SERIAL_ANSWERS, Requirement.SERIAL_CHUNKING})
  @Test
  void aLateAnswerRightBehindTheAnswerIsRecognised() {
    offer();
    expire();
    now += DRAIN;
    offer();
    receive(Wire.join(ANSWER, ANSWER));
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertEquals(1, session.counters().lateAnswers());
    assertTrue(session.canOffer(now));
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Test
  void theServersMayHaveBeenToldAnotherDelimiter() {
    session = new AsciiClientSession(AsciiClientSettings.of(CHARACTER).withDelimiter('!'), log);
    offer();
    assertEquals(":1103006B00027F\r!", AsciiWire.text(log.sent.getFirst()));
    byte[] answer = ANSWER.clone();
    answer[answer.length - 1] = '!';
    receive(answer);
    assertEquals(List.of(ANSWERED), log.outcomes);
  }

  @Test
  void aResetAborts() {
    offer();
    receive(Arrays.copyOf(ANSWER, 9));
    session.reset(now);
    assertEquals(List.of(new Outcome.Aborted()), log.outcomes);
    offer();
    receive(Arrays.copyOfRange(ANSWER, 9, ANSWER.length));
    assertEquals(1, session.inFlight());
    receive(ANSWER);
    assertEquals(ANSWERED, log.outcomes.getLast());
  }
}
