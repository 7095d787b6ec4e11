package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtuClientLateAnswerTest extends RtuClientBench {
  @Test
  void anAnswerPastTheDeadlineIsLateEvenIfTimeWasNotToldBefore() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now = session.deadline() + 1;
    receive(ANSWER);
    assertEquals(List.of(new Outcome.Silence()), log.outcomes);
    assertEquals(1, session.counters().lateAnswers());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void afterATimeoutTheLineIsDrained() {
    session.offer(UNIT, READ, TIMEOUT, now);
    now = session.deadline();
    session.advance(now);
    assertFalse(session.canOffer(now + DRAIN - 1));
    assertEquals(now + DRAIN, session.deadline());
    assertTrue(session.canOffer(now + DRAIN));
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void aLateAnswerEndsTheDrainAndIsCounted() {
    timeOut(UNIT, READ);
    now += DRAIN / 4;
    receive(ANSWER);
    assertEquals(1, session.counters().lateAnswers());
    assertTrue(session.canOffer(now + SILENCE));
    assertEquals(1, log.outcomes.size());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void aLateAnswerOfAnotherUnitIsNotTakenForTheNext() {
    timeOut(UnitId.of(5), READ);
    now += DRAIN;
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.rtu("05 03 04 ff ff ff ff"));
    assertEquals(1, session.inFlight());
    assertEquals(1, session.counters().lateAnswers());
    receive(ANSWER);
    assertEquals(ANSWERED, log.outcomes.getLast());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void aLateAnswerOfAnotherLengthIsNotTakenForTheNext() {
    timeOut(UNIT, new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 5)));
    now += DRAIN;
    session.offer(UNIT, READ, TIMEOUT, now);
    byte[] late = Wire.rtu("11 03 0a 00 01 00 02 00 03 00 04 00 05");
    receive(Wire.join(late, ANSWER));
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertEquals(1, session.counters().lateAnswers());
    assertEquals(0, session.counters().bytesDiscarded());
  }

  @Test
  void nothingButAnotherRequestsLateAnswerIsSilence() {
    timeOut(UnitId.of(5), READ);
    now += DRAIN;
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.rtu("05 03 04 ff ff ff ff"));
    session.advance(session.deadline());
    assertEquals(new Outcome.Silence(), log.outcomes.getLast());
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void anAnswerThatMayBeTheOneBeforesDrainsTheLineOnceMore() {
    timeOut(UNIT, READ);
    now += DRAIN;
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(ANSWER);
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertFalse(session.canOffer(now + DRAIN - 1));
    receive(ANSWER);
    assertEquals(1, session.counters().lateAnswers());
    assertTrue(session.canOffer(now + SILENCE));
  }

  @Covers(Requirement.LATE_SERIAL_ANSWERS)
  @Test
  void theAnswerToTheOneBeforeMayComeTogetherWithTheAnswer() {
    timeOut(UNIT, READ);
    now += DRAIN;
    session.offer(UNIT, READ, TIMEOUT, now);
    receive(Wire.join(ANSWER, ANSWER));
    assertEquals(ANSWERED, log.outcomes.getLast());
    assertEquals(1, session.counters().lateAnswers());
    assertEquals(0, session.counters().bytesDiscarded());
    assertTrue(session.canOffer(now + SILENCE));
  }

  @Test
  void onceNothingCameInThatDrainNothingIsOverdueAnyMore() {
    timeOut(UNIT, READ);
    now += DRAIN;
    for (int i = 0; i < 2; i++) {
      session.offer(UNIT, READ, TIMEOUT, now);
      receive(ANSWER);
      long wait = i == 0 ? DRAIN : SILENCE;
      assertFalse(session.canOffer(now + wait - 1));
      now += wait;
      assertTrue(session.canOffer(now));
    }
  }
}
