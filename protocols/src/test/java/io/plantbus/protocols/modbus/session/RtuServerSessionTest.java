package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtuServerSessionTest extends RtuServerBench {
  @Covers({Requirement.ANSWER_KEEPS_SILENCE, Requirement.INTER_FRAME_SILENCE})
  @Test
  void anAnswerKeepsTheSilenceAfterItsRequest() {
    receive(WRITE);
    assertEquals(List.of(UnitId.of(17)), log.units);
    assertEquals(now + SILENCE, session.deadline());
    session.advance(now + SILENCE - 1);
    assertEquals("", sent());
    session.advance(now + SILENCE);
    assertEquals(WRITTEN, sent());
    assertEquals(Long.MAX_VALUE, session.deadline());
  }

  @Test
  void anAnswerThatTookLongerGoesOutAtOnce() {
    log.executor = (_, _) -> {};
    receive(WRITE);
    assertEquals(Long.MAX_VALUE, session.deadline());
    now += 5 * SILENCE;
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals(WRITTEN, sent());
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals("", sent());
  }

  @Test
  void aRequestMayBeLeftWithoutAnswer() {
    log.executor = (ticket, _) -> session.ignore(ticket);
    assertEquals("", exchange(WRITE));
    assertEquals(1, session.counters().ignored());
  }

  @Covers(Requirement.OTHER_UNITS)
  @Test
  void anotherUnitsRequestIsNotAnswered() {
    assertEquals("", exchange(Wire.rtu("12 06 00 01 00 03")));
    assertEquals(List.of(), log.requests);
    assertEquals(1, session.counters().otherUnits());
  }

  @Covers(Requirement.BAD_CHECKSUM)
  @Test
  void aBadChecksumIsNotAnsweredAndCounted() {
    byte[] bad = WRITE.clone();
    bad[7] ^= 1;
    assertEquals("", exchange(bad));
    assertEquals(List.of(), log.requests);
    assertEquals(1, session.counters().checksumErrors());
    assertEquals(bad.length, session.counters().bytesDiscarded());
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Covers(Requirement.BROADCAST_WRITE)
  @Test
  void aBroadcastWriteIsExecutedAndNeverAnswered() {
    assertEquals("", exchange(Wire.rtu("00 06 00 01 00 03")));
    assertEquals(List.of(UnitId.BROADCAST), log.units);
    log.executor =
        (ticket, _) ->
            session.answer(ticket, Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE), now);
    assertEquals("", exchange(Wire.rtu("00 10 00 01 00 01 02 00 03")));
    assertEquals(2, log.requests.size());
    assertEquals(2, session.counters().broadcasts());
  }

  @Covers(Requirement.BROADCAST_READ)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 03 00 01 00 03", // a read
        "00 17 00 00 00 01 00 00 00 01 02 00 03", // reads as well
        "00 05 00 01 12 34", // malformed
        "00 63 00", // unknown
      })
  void aBroadcastThatIsNoWriteIsIgnored(String frame) {
    assertEquals("", exchange(Wire.rtu(frame)));
    assertEquals(List.of(), log.requests);
  }

  @Covers(Requirement.RESERVED_UNITS)
  @Test
  void reservedUnitsAreServedOnlyIfAsked() {
    assertTrue(exchange(Wire.rtu("f7 06 00 01 00 03")).startsWith("f7 06"));
    for (String unit : List.of("f8", "ff")) {
      assertEquals("", exchange(Wire.rtu(unit + " 06 00 01 00 03")));
    }
    session = serving(settings.withReservedUnits(true));
    for (String unit : List.of("f8", "ff")) {
      assertTrue(exchange(Wire.rtu(unit + " 06 00 01 00 03")).startsWith(unit));
    }
  }

  @Covers(Requirement.UNKNOWN_FUNCTION)
  @ParameterizedTest
  @CsvSource({
    "11 63, 11 e3 01", // unknown functions of any length
    "11 63 01 02 03 04 05 06 07, 11 e3 01",
    "11 00 01 02 03, 11 80 01",
    "11 83 01 02 03, 11 83 01",
    "11 ff, 11 ff 01",
    "11 03 00 00 00 00, 11 83 03",
    "11 03 00 00 00 7e, 11 83 03",
    "11 03 ff ff 00 02, 11 83 02",
    "11 03 00 00 00 01 00 00, 11 83 03", // trailing bytes
    "11 03 00 00, 11 83 03", // bytes missing
    "11 05 00 ac 12 34, 11 85 03",
    "11 0f 00 13 00 0a 03 cd 01 00, 11 8f 03", // byte count too long
    "11 0f 00 13 00 0a 01 cd, 11 8f 03",
    "11 10 00 01 00 02 06 00 0a 01 02, 11 90 03", // byte count beyond the frame
    "11 10 00 01 00 02 02 00 0a 01 02, 11 90 03", // byte count short of the frame
  })
  void malformedRequestsAreRefused(String request, String refusal) {
    assertEquals(Wire.hex(Wire.rtu(refusal)), exchange(Wire.rtu(request)));
    assertEquals(List.of(), log.requests);
    assertEquals(1, session.counters().refusals());
    assertEquals(WRITTEN, exchange(WRITE));
  }

  @Test
  void aWriteOfManyRegistersIsReadWhole() {
    byte[] body = Arrays.copyOf(Wire.hex("11 10 00 00 00 7b f6"), 7 + 246);
    assertEquals(Wire.hex(Wire.rtu("11 10 00 00 00 7b")), exchange(Wire.rtu(Wire.hex(body))));
  }

  @Covers(Requirement.ABANDONED_ANSWER)
  @Test
  void anAnswerIsAbandonedWhenItsClientWentOn() {
    log.executor = (_, _) -> {};
    receive(WRITE);
    now += RESYNC;
    receive(Wire.rtu("11 06 00 02 00 04"));
    now += RESYNC;
    session.answer(log.tickets.get(0), Response.Written.INSTANCE, now);
    assertEquals("", sent());
    assertEquals(1, session.counters().abandoned());
    session.answer(log.tickets.get(1), Response.Written.INSTANCE, now);
    assertEquals(Wire.hex(Wire.rtu("11 06 00 02 00 04")), sent());
  }

  @Covers(Requirement.ABANDONED_ANSWER)
  @Test
  void anAnswerIsAbandonedWhenItsClientAsksAnotherUnit() {
    log.executor = (_, _) -> {};
    receive(WRITE);
    receive(Wire.rtu("12 06 00 01 00 03"));
    now += RESYNC;
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals("", sent());
  }

  @Test
  void aResetForgetsWhatIsBufferedAndOpen() {
    log.executor = (_, _) -> {};
    receive(WRITE);
    receive(Wire.hex("11 06"));
    session.reset();
    session.answer(log.tickets.getFirst(), Response.Written.INSTANCE, now);
    assertEquals(Long.MAX_VALUE, session.deadline());
    now += SILENCE;
    session.advance(now);
    assertEquals("", sent());
    receive(WRITE);
    assertEquals(2, log.tickets.size());
  }

  @Covers(Requirement.RTU_FRAME)
  @Test
  void theFrameOfAnAnswerIsByteExact() {
    log.executor =
        (ticket, _) ->
            session.answer(ticket, new Response.Registers(RegisterBlock.of(0x022B, 0, 0x64)), now);
    receive(Wire.rtu("11 03 00 6b 00 03"));
    now += SILENCE;
    session.advance(now);
    assertArrayEquals(Wire.rtu("11 03 06 02 2b 00 00 00 64"), log.sent.toByteArray());
  }
}
