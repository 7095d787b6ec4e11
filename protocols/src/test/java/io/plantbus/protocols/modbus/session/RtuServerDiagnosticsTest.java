package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Function codes 8, 11 and 12 as a client on a serial line sees them.
class RtuServerDiagnosticsTest extends RtuServerBench {
  private static final String RESTART = "08 00 01 00 00";
  private static final String LISTEN_ONLY = "08 00 04 00 00";

  @Covers(Requirement.DIAGNOSTICS_ECHO)
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 17, 250})
  void dataOfAnyLengthIsSentBack(int length) {
    byte[] data = new byte[length];
    new SplittableRandom(length).nextBytes(data);
    String pdu = "08 00 00" + (length == 0 ? "" : " " + Wire.hex(data));
    assertEquals(pdu, ask(pdu));
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Test
  void dataToSendBackIsNoneOfTheRequestsInIt() {
    String inner = Wire.hex(Wire.rtu("11 06 00 01 00 03"));
    String outer = Wire.hex(Wire.rtu("11 08 00 00 a5 37")).substring(3);
    ask(outer + " " + inner);
    assertEquals(List.of(), log.requests);
  }

  @Covers({Requirement.OTHER_UNITS, Requirement.DIAGNOSTICS_ECHO})
  @Test
  void anotherUnitsEchoIsNoErrorAndNotExecuted() {
    byte[] other = Wire.rtu("12 08 00 00 a5 37");
    assertEquals("", exchange(Wire.join(other, other)));
    assertEquals(1, session.counters().otherUnits());
    assertEquals("", exchange(other));
    assertEquals("", exchange(other));
    assertEquals(2, session.counters().otherUnits());
    assertEquals("08 00 0c 00 00", ask("08 00 0c 00 00"));
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Covers({
    Requirement.DIAGNOSTIC_COUNTERS,
    Requirement.BUS_MESSAGE_COUNT,
    Requirement.BUS_COMMUNICATION_ERRORS,
    Requirement.EXCEPTION_ERRORS,
    Requirement.SERVER_MESSAGE_COUNT,
    Requirement.NO_RESPONSE_COUNT,
    Requirement.NAK_AND_BUSY_COUNTS
  })
  @Test
  void everythingIsCountedAsTheSpecificationDefinesIt() {
    exchange(WRITE);
    exchange(Wire.rtu("12 06 00 01 00 03")); // another unit's
    exchange(Wire.rtu("00 06 00 01 00 03")); // everybody's
    exchange(Wire.hex("11 06 00 01 00 03 00 00")); // bad checksum
    ask("03 00 00 00 00"); // refused with 03
    refuseNext(ExceptionCode.SERVER_DEVICE_BUSY);
    refuseNext(ExceptionCode.NEGATIVE_ACKNOWLEDGE);
    log.executor = (ticket, _) -> session.ignore(ticket);
    exchange(WRITE);
    assertCounts(7, 1, 3, 6, 2, 1, 1);
    assertEquals("08 00 12 00 00", ask("08 00 12 00 00"));
    assertEquals("08 00 0a 00 00", ask("08 00 0a 00 00"));
    assertCounts(0, 0, 0, 0, 0, 0, 0);
  }

  @Covers({Requirement.EXCEPTION_ERRORS, Requirement.NO_RESPONSE_COUNT})
  @Test
  void errorsInBroadcastsCountAlthoughTheyAreNotAnswered() {
    assertEquals("", exchange(Wire.rtu("00 05 00 01 12 34")));
    assertWord(0x0D, 1);
    assertWord(0x0F, 1);
    assertEquals(List.of(), log.requests);
  }

  @Covers(Requirement.EVENT_BYTES)
  @ParameterizedTest
  @CsvSource({"1, 41", "2, 41", "3, 41", "4, 42", "5, 44", "6, 44", "7, 48", "8, 40", "11, 40"})
  void theLogTellsHowARequestWasRefused(int code, String event) {
    log.executor = (ticket, _) -> session.answer(ticket, new Response.Refusal(code), now);
    exchange(WRITE);
    assertEquals("0c 09 00 00 00 00 00 02 80 " + event + " 80", ask("0c"));
  }

  /// Asking counts too.
  private void assertCounts(
      int messages, int errors, int exceptions, int requests, int silent, int naks, int busies) {
    assertWord(0x0B, messages + 1);
    assertWord(0x0C, errors);
    assertWord(0x0D, exceptions);
    assertWord(0x0E, requests + 4);
    assertWord(0x0F, silent);
    assertWord(0x10, naks);
    assertWord(0x11, busies);
  }

  private void assertWord(int subFunction, int value) {
    assertEquals(
        "08 00 %02x 00 %02x".formatted(subFunction, value),
        ask("08 00 %02x 00 00".formatted(subFunction)));
  }

  private void refuseNext(ExceptionCode code) {
    log.executor = (ticket, _) -> session.answer(ticket, Response.Refusal.of(code), now);
    exchange(WRITE);
  }

  @Covers({Requirement.EVENT_COUNTER, Requirement.EVENT_COUNTER_STATUS})
  @Test
  void eventsAreCountedWhenTheyEndWell() {
    assertEquals("0b 00 00 00 00", ask("0b"));
    exchange(WRITE);
    ask("03 00 00 00 00");
    ask("0c");
    assertEquals("0b 00 00 00 01", ask("0b"));
    ask("08 00 00 12 34");
    assertEquals("0b 00 00 00 02", ask("0b"));
    ask("08 00 0a 00 00");
    assertEquals("0b 00 00 00 00", ask("0b"));
  }

  @Covers(Requirement.EVENT_COUNTER_STATUS)
  @Test
  void theStatusTellsOfAProgramCommandAsLongAsTheOwnerDoes() {
    LineDiagnostics line = new LineDiagnostics();
    session = new RtuServerSession(settings, ServerServices.of(line), log);
    line.unit(17).programming(true);
    assertEquals("0b ff ff 00 00", ask("0b"));
    assertTrue(ask("0c").startsWith("0c 09 ff ff 00 00"));
    ask("08 00 01 00 00");
    assertEquals("0b ff ff 00 00", ask("0b"));
    line.unit(17).programming(false);
    assertEquals("0b 00 00 00 00", ask("0b"));
  }

  @Covers({Requirement.EVENT_LOG, Requirement.EVENT_LOG_LAYOUT, Requirement.EVENT_BYTES})
  @Test
  void theLogTellsTheNewestEventFirst() {
    exchange(WRITE); // 80 40
    ask("03 00 00 00 00"); // 80 41
    exchange(Wire.rtu("00 06 00 01 00 03")); // c0 40
    exchange(Wire.hex("11 06 00 01 00 03 00 00")); // 82
    // its own 80 is there before it is answered
    assertEquals("0c 0e 00 00 00 01 00 04 80 82 40 c0 41 80 40 80", ask("0c"));
  }

  @Covers({Requirement.EVENT_LOG, Requirement.EVENT_LOG_LAYOUT})
  @Test
  void theLogHoldsSixtyFourEvents() {
    for (int i = 0; i < 40; i++) {
      exchange(WRITE);
    }
    String log = ask("0c");
    assertTrue(log.startsWith("0c 46 00 00 00 28 00 29 80 40 80 40"), log);
    assertEquals(8 + 64, Wire.hex(log).length);
  }

  @Covers({Requirement.RESTART_COMMUNICATIONS, Requirement.EVENT_BYTES})
  @Test
  void aRestartClearsTheCountersAndTheLogIfAsked() {
    exchange(WRITE);
    assertEquals(RESTART, ask(RESTART));
    assertEquals("0c 0c 00 00 00 00 00 01 80 00 40 80 40 80", ask("0c"));
    assertEquals("08 00 01 ff 00", ask("08 00 01 ff 00"));
    assertEquals("0c 08 00 00 00 00 00 01 80 00", ask("0c"));
  }

  @Covers({Requirement.LISTEN_ONLY, Requirement.EVENT_BYTES})
  @Test
  void aUnitThatOnlyListensIsSilentUntilItIsRestarted() {
    assertEquals("", ask(LISTEN_ONLY));
    assertEquals("", exchange(WRITE));
    assertEquals("", ask("63"));
    assertEquals("", ask("08 00 00 a5 37"));
    assertEquals("", ask("0b"));
    assertEquals("", ask(LISTEN_ONLY));
    assertEquals(List.of(), log.requests);
    assertEquals("", ask(RESTART));
    assertEquals(WRITTEN, exchange(WRITE));
    assertEquals(
        "0c 19 00 00 00 01 00 02 80 40 80 00" + " 60 a0".repeat(6) + " 04 40 80", ask("0c"));
  }

  @Covers(Requirement.LISTEN_ONLY)
  @Test
  void aUnitThatOnlyListensDoesNotSilenceItsNeighbours() {
    ask(LISTEN_ONLY);
    byte[] neighbour = Wire.rtu("f7 06 00 01 00 03");
    assertEquals(Wire.hex(neighbour), exchange(neighbour));
  }

  @Covers({Requirement.LISTEN_ONLY, Requirement.RESTART_COMMUNICATIONS})
  @Test
  void listenOnlyAndRestartMayBeBroadcast() {
    exchange(Wire.rtu("00 " + LISTEN_ONLY));
    assertEquals("", exchange(WRITE));
    assertEquals("", exchange(Wire.rtu("f7 06 00 01 00 03")));
    exchange(Wire.rtu("00 " + RESTART));
    assertEquals(WRITTEN, exchange(WRITE));
    assertEquals(1, log.requests.size());
  }

  @Covers({
    Requirement.UNKNOWN_SUB_FUNCTION,
    Requirement.UNKNOWN_MEI_TYPE,
    Requirement.FILE_SUM,
    Requirement.FILE_REFERENCE_TYPE,
    Requirement.DEVICE_ID_CONTINUATION
  })
  @ParameterizedTest
  @CsvSource({
    "08 00 05 00 00, 88 01",
    "08 00 13 00 00 00 00 00, 88 01",
    "08 00 02 00 01, 88 03",
    "2b 0d 00 00 00, ab 01",
    "2b 0e 07 00, ab 03",
    "14 07 06 00 04 00 01 00 7d, 94 03",
    "15 09 05 00 04 00 07 00 01 00 00, 95 02",
    "07, 87 01",
    "11 00, 91 03",
  })
  void malformedServicesAreRefused(String request, String refusal) {
    assertEquals(refusal, ask(request));
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Test
  void theDelimiterOfAsciiFramingIsTheLines() {
    LineDiagnostics line = new LineDiagnostics();
    session = new RtuServerSession(settings, ServerServices.of(line), log);
    assertEquals('\n', line.asciiDelimiter());
    assertEquals("08 00 03 0d 00", ask("08 00 03 0d 00"));
    assertEquals('\r', line.asciiDelimiter());
  }

  @Covers({
    Requirement.OVERRUN_COUNT,
    Requirement.CLEAR_OVERRUN,
    Requirement.DIAGNOSTIC_REGISTER,
    Requirement.DIAGNOSTIC_COUNTERS,
    Requirement.EVENT_BYTES
  })
  @Test
  void overrunsAndTheDiagnosticRegisterAreWhatTheOwnerTells() {
    LineDiagnostics line = new LineDiagnostics();
    session = new RtuServerSession(settings, ServerServices.of(line), log);
    line.characterOverrun();
    line.unit(17).diagnosticRegister(0xBEEF);
    exchange(Wire.hex("11 06 00 01 00 03 00 00"));
    assertTrue(ask("0c").endsWith(" 80 92"));
    assertWord(0x12, 1);
    assertEquals("08 00 02 be ef", ask("08 00 02 00 00"));
    assertEquals("08 00 14 00 00", ask("08 00 14 00 00"));
    assertWord(0x12, 0);
    assertEquals("08 00 02 be ef", ask("08 00 02 00 00"));
    ask("08 00 0a 00 00");
    assertEquals("08 00 02 00 00", ask("08 00 02 00 00"));
  }

  @Covers(Requirement.OTHER_UNITS)
  @Test
  void anotherUnitsAnswersAreSkippedByTheirOwnLengths() {
    UserFunction function =
        new UserFunction(65, PduLength.byteCountAt(1), PduLength.byteCountAt(1));
    session =
        new RtuServerSession(
            settings,
            ServerServices.of(new LineDiagnostics()).withFunctions(UserFunctions.of(function)),
            log);
    log.executor = (ticket, request) -> session.answer(ticket, okay(request), now);
    String[][] exchanges = {
      {"07", "07 6d"},
      {"0b", "0b 00 00 01 08"},
      {"0c", "0c 08 00 00 01 08 01 21 20 00"},
      {"11", "11 03 42 ff 31"},
      {"14 07 06 00 04 00 01 00 01", "14 04 03 06 0d fe"},
      {"15 09 06 00 04 00 07 00 01 00 05", "15 09 06 00 04 00 07 00 01 00 05"},
      {"18 04 de", "18 00 06 00 02 01 b8 12 84"},
      {"2b 0e 01 00", "2b 0e 01 01 00 00 02 00 01 41 01 02 42 43"},
      {"08 00 0b 00 00", "08 00 0b 00 07"},
      {"41 02 05 06", "41 01 07"},
      {"41 00", "c1 04"},
    };
    byte[] traffic = new byte[0];
    for (String[] one : exchanges) {
      traffic = Wire.join(traffic, Wire.rtu("12 " + one[0]), Wire.rtu("12 " + one[1]), WRITE);
    }
    SplittableRandom random = new SplittableRandom(15);
    for (int run = 0; run < 50; run++) {
      log.requests.clear();
      int at = 0;
      while (at < traffic.length) {
        int chunk = random.nextInt(1, run == 0 ? 2 : 40);
        chunk = Math.min(chunk, traffic.length - at);
        session.receive(traffic, at, chunk, now);
        at += chunk;
      }
      now += RESYNC;
      session.advance(now);
      assertEquals(exchanges.length, log.requests.size());
      assertEquals(WRITTEN, sent());
    }
    assertEquals(0, session.counters().bytesDiscarded());
  }

  /// One request to unit 17 and its answer, without unit and checksum.
  private String ask(String pdu) {
    String frame = exchange(Wire.rtu("11 " + pdu));
    if (frame.isEmpty()) {
      return "";
    }
    assertEquals(frame, Wire.hex(Wire.rtu(frame.substring(0, frame.length() - 6))));
    return frame.substring(3, frame.length() - 6);
  }
}
