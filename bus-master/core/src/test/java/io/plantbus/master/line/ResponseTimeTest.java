package io.plantbus.master.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResponseTimeTest {
  private static final long MS = 1_000_000;

  private final ResponseTime time = new ResponseTime(20 * MS, 200 * MS);

  private void answers(int count, long turnaroundNanos) {
    for (int i = 0; i < count; i++) {
      time.answered(turnaroundNanos);
    }
  }

  @Test
  void asLongAsNothingIsKnownTheLineDecides() {
    assertEquals(200 * MS, time.waitNanos(false));
  }

  @Test
  void aDeviceThatAlwaysAnswersQuicklyIsWaitedForTheLeastTime() {
    answers(50, 3 * MS);
    assertEquals(20 * MS, time.waitNanos(false));
    assertEquals(3 * MS, time.typicalNanos());
  }

  @Test
  void theSlowestOfTheLatestAnswersIsWaitedForWithAMargin() {
    answers(50, 3 * MS);
    time.answered(80 * MS);
    answers(63, 3 * MS);
    assertTrue(time.waitNanos(false) >= 120 * MS, time.waitNanos(false) + " ns");
    answers(128, 3 * MS);
    assertEquals(20 * MS, time.waitNanos(false));
  }

  @Test
  void theWaitDoublesAfterEachSilenceUpToTheTimeOutOfTheLine() {
    answers(50, 3 * MS);
    time.silent();
    assertEquals(40 * MS, time.waitNanos(false));
    time.silent();
    assertEquals(80 * MS, time.waitNanos(false));
    for (int i = 0; i < 100; i++) {
      time.silent();
    }
    assertEquals(200 * MS, time.waitNanos(false));
    time.answered(3 * MS);
    assertEquals(20 * MS, time.waitNanos(false));
  }

  @Test
  void aDeviceThatIsDownIsGivenTheWholeTimeOutAtEveryFourthProbe() {
    answers(50, 3 * MS);
    time.silent();
    time.silent();
    assertEquals(40 * MS, time.waitNanos(true));
    time.silent();
    assertEquals(40 * MS, time.waitNanos(true));
    time.silent();
    assertEquals(200 * MS, time.waitNanos(true));
    time.silent();
    assertEquals(40 * MS, time.waitNanos(true));
  }

  @Test
  void aLateAnswerMakesTheWaitLonger() {
    answers(50, 3 * MS);
    time.answeredLate(100 * MS);
    assertEquals(150 * MS, time.waitNanos(false));
  }

  @Test
  void whatWasLearnedBeforeHoldsFromTheStart() {
    time.remember(10 * MS, 30 * MS);
    assertEquals(45 * MS, time.waitNanos(false));
  }
}
