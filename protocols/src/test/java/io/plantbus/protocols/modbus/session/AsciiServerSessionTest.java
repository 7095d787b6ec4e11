package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AsciiWire;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiServerSessionTest {
  private static final long SECOND = 1_000_000_000;
  private static final long CHARACTER = new RtuTiming(19_200, 10).characterNanos();
  private static final String WRITE = ":110600010003E5\r\n";

  private final ServerLog log = new ServerLog();
  private final AsciiServerSettings settings =
      AsciiServerSettings.of(CHARACTER, unit -> unit == 17 || unit >= 247);
  private AsciiServerSession session = serving(settings);
  private long now = -SECOND;

  private AsciiServerSession serving(AsciiServerSettings served) {
    AsciiServerSession made = new AsciiServerSession(served, log);
    log.executor = (ticket, request) -> made.answer(ticket, RtuServerBench.okay(request), now);
    return made;
  }

  private String exchange(String text) {
    byte[] characters = AsciiWire.characters(text);
    session.receive(characters, 0, characters.length, now);
    return sent();
  }

  private String exchange(byte[] frame) {
    return exchange(AsciiWire.text(frame));
  }

  private String sent() {
    String text = AsciiWire.text(log.sent.toByteArray());
    log.sent.reset();
    return text;
  }

  @Test
  void aRequestIsAnsweredAtOnce() {
    assertEquals(WRITE, exchange(WRITE));
    assertEquals(List.of(UnitId.of(17)), log.units);
    assertEquals(Long.MAX_VALUE, session.deadline());
    assertEquals(":110302000" + "0EA\r\n", exchange(AsciiWire.frame("11 03 00 00 00 01")));
  }

  @Test
  void aSilenceBeforeAnswersIsKeptIfSet() {
    session = serving(settings.withReplySilenceNanos(500));
    assertEquals("", exchange(WRITE));
    assertEquals(now + 500, session.deadline());
    session.advance(now + 500);
    assertEquals(WRITE, sent());
  }

  @Covers({
    Requirement.UNKNOWN_FUNCTION,
    Requirement.INVALID_FUNCTION_CODES,
    Requirement.EXACT_REQUEST_LENGTH
  })
  @ParameterizedTest
  @CsvSource({
    "11 63, 11 e3 01",
    "11 00 01 02 03, 11 80 01",
    "11 03 00 00 00 00, 11 83 03",
    "11 03 ff ff 00 02, 11 83 02",
    "11 03 00 00 00 01 00 00, 11 83 03",
    "11 03 00 00, 11 83 03",
    "11 10 00 01 00 02 06 00 0a 01 02, 11 90 03",
  })
  void malformedRequestsAreRefused(String request, String refusal) {
    assertEquals(AsciiWire.text(AsciiWire.frame(refusal)), exchange(AsciiWire.frame(request)));
    assertEquals(List.of(), log.requests);
    assertEquals(1, session.counters().refusals());
  }

  @Covers({Requirement.ASCII_BAD_LRC, Requirement.ASCII_ODD_OR_FOREIGN_CHARACTERS})
  @Test
  void aBadChecksumIsNotAnsweredAndCounted() {
    assertEquals("", exchange(":110600010003E6\r\n"));
    assertEquals("", exchange(":110600010003E\r\n"));
    assertEquals(List.of(), log.requests);
    assertEquals(2, session.counters().checksumErrors());
    assertEquals(33, session.counters().bytesDiscarded());
    assertEquals(WRITE, exchange(WRITE));
  }

  @Covers(Requirement.ASCII_FRAME)
  @Test
  void aColonInTheMiddleRestartsTheFrame() {
    assertEquals(WRITE, exchange(":110600" + WRITE));
    assertEquals(1, session.counters().checksumErrors());
  }

  @Covers({Requirement.ASCII_BROADCAST, Requirement.BROADCAST_WRITE})
  @Test
  void aBroadcastWriteIsExecutedAndNeverAnswered() {
    assertEquals("", exchange(AsciiWire.frame("00 06 00 01 00 03")));
    log.executor =
        (ticket, _) ->
            session.answer(ticket, Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE), now);
    assertEquals("", exchange(AsciiWire.frame("00 10 00 01 00 01 02 00 03")));
    assertEquals(2, session.counters().broadcasts());
  }

  @Covers({Requirement.ASCII_BROADCAST, Requirement.BROADCAST_READ, Requirement.OTHER_UNITS})
  @ParameterizedTest
  @ValueSource(
      strings = {"00 03 00 01 00 03", "00 05 00 01 12 34", "00 63 00", "12 06 00 01 00 03"})
  void whatIsForNobodyOrForOthersIsNotAnswered(String frame) {
    assertEquals("", exchange(AsciiWire.frame(frame)));
    assertEquals(List.of(), log.requests);
  }

  @Covers(Requirement.RESERVED_UNITS)
  @Test
  void reservedUnitsAreServedOnlyIfAsked() {
    byte[] reserved = AsciiWire.frame("f8 06 00 01 00 03");
    assertEquals("", exchange(reserved));
    session = serving(settings.withReservedUnits(true));
    assertEquals(AsciiWire.text(reserved), exchange(reserved));
  }

  @Covers(Requirement.OTHER_UNITS)
  @Test
  void theAnswersOfOthersAreToldFromTheirRequests() {
    exchange(AsciiWire.frame("12 03 00 00 00 01"));
    exchange(AsciiWire.frame("12 03 02 00 05"));
    assertEquals(1, session.counters().otherUnits());
    exchange(AsciiWire.frame("12 03 00 00 00 01"));
    exchange(AsciiWire.frame("12 83 02"));
    assertEquals(2, session.counters().otherUnits());
    exchange(AsciiWire.frame("12 03 00 00 00 01")); // nobody answers
    exchange(AsciiWire.frame("12 03 00 00 00 01"));
    exchange(AsciiWire.frame("13 03 00 00 00 01"));
    assertEquals(5, session.counters().otherUnits());
    exchange(AsciiWire.frame("13 06 00 00 00 01"));
    exchange(AsciiWire.frame("13 06 00 00 00 01"));
    assertEquals(6, session.counters().otherUnits());
    assertEquals(WRITE, exchange(WRITE));
  }

  @Covers(Requirement.ABANDONED_ANSWER)
  @Test
  void anAnswerIsAbandonedWhenItsClientWentOnButNotByAnotherUnitsAnswer() {
    log.executor = (_, _) -> {};
    exchange(WRITE);
    exchange(AsciiWire.frame("12 06 00 01 00 03"));
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals("", sent());
    assertEquals(1, session.counters().abandoned());
    exchange(WRITE);
    session.answer(log.tickets.getLast(), Response.Written.INSTANCE, now);
    assertEquals(WRITE, sent());
  }

  @Covers(Requirement.ASCII_TIMEOUT)
  @Test
  void aFrameThatStopsForMoreThanASecondIsDiscarded() {
    exchange(WRITE.substring(0, 6));
    assertEquals(now + SECOND + 1, session.deadline());
    now += SECOND;
    session.advance(now);
    assertEquals(WRITE, exchange(WRITE.substring(6)));
    exchange(WRITE.substring(0, 6));
    now = session.deadline();
    session.advance(now);
    assertEquals(Long.MAX_VALUE, session.deadline());
    assertEquals("", exchange(WRITE.substring(6)));
    assertEquals(1, session.counters().checksumErrors());
    assertEquals(WRITE, exchange(WRITE));
    exchange(WRITE.substring(0, 6));
    now += SECOND + 11 * CHARACTER + 1;
    assertEquals("", exchange(WRITE.substring(6)));
  }

  @Covers(Requirement.ASCII_DELIMITER)
  @Test
  void anotherDelimiterHoldsFromTheNextFrameOn() {
    log.executor =
        (ticket, request) -> {
          session.answer(ticket, RtuServerBench.okay(request), now);
          session.delimiter('!');
        };
    assertEquals(WRITE, exchange(WRITE));
    assertEquals("", exchange(WRITE));
    String changed = WRITE.replace('\n', '!');
    assertEquals(changed, exchange(changed));
  }

  @Covers(Requirement.ASCII_DELIMITER)
  @Test
  void aClientMayChangeTheDelimiterOverTheWire() {
    String change = AsciiWire.text(AsciiWire.frame("11 08 00 03 21 00"));
    assertEquals(change, exchange(change));
    assertEquals("", exchange(WRITE));
    String changed = WRITE.replace('\n', '!');
    assertEquals(changed, exchange(changed));
  }

  @Test
  void aResetForgetsWhatIsBufferedAndOpen() {
    log.executor = (_, _) -> {};
    exchange(WRITE);
    exchange(":1106");
    session.reset();
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals("", sent());
    exchange(WRITE);
    assertEquals(2, log.tickets.size());
  }

  @Covers({Requirement.SERIAL_CHUNKING, Requirement.RESYNCHRONISATION})
  @Test
  void whatIsExecutedDoesNotDependOnHowTheCharactersAreChunked() {
    SplittableRandom random = new SplittableRandom(32);
    for (int run = 0; run < 200; run++) {
      byte[] noise = new byte[random.nextInt(1, 120)];
      random.nextBytes(noise);
      byte[] part = Arrays.copyOf(AsciiWire.characters(WRITE), random.nextInt(WRITE.length()));
      byte[] other = AsciiWire.frame("12 04 00 00 00 01");
      byte[] traffic =
          Wire.join(noise, AsciiWire.characters(WRITE), part, other, AsciiWire.characters(WRITE));
      String whole = exchange(traffic);
      assertEquals(WRITE + WRITE, whole);
      int at = 0;
      while (at < traffic.length) {
        int chunk = random.nextInt(1, traffic.length - at + 1);
        session.receive(traffic, at, chunk, now);
        at += chunk;
      }
      assertEquals(whole, sent());
    }
  }

  @Covers({Requirement.ANY_BYTES, Requirement.OTHER_UNITS})
  @ParameterizedTest
  @ValueSource(strings = {"05 08 00 05 00 00", "05 08 00", "05 08", "05 2b 0d 07 00"})
  void anEchoOfWhatMakesNoSenseToAnotherUnitDoesNoHarm(String request) {
    assertEquals("", exchange(AsciiWire.frame(request)));
    assertEquals("", exchange(AsciiWire.frame(request)));
    assertEquals(WRITE, exchange(WRITE));
  }
}
