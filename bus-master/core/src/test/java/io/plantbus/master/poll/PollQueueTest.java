package io.plantbus.master.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.plantbus.master.plant.TagSpec.Priority;
import org.junit.jupiter.api.Test;

class PollQueueTest {
  private static final class Turn extends Scheduled {
    Turn(Priority priority, long periodNanos) {
      super(priority, periodNanos);
    }

    Turn(Priority priority, long periodNanos, long phaseNanos) {
      super(priority, periodNanos, phaseNanos);
    }
  }

  private final PollQueue<Turn> queue = new PollQueue<>();

  @Test
  void theHighestPriorityGoesFirstThenTheLongestDueThenTheFirstPutIn() {
    Turn late = new Turn(Priority.NORMAL, 10);
    Turn later = new Turn(Priority.NORMAL, 10);
    Turn twin = new Turn(Priority.NORMAL, 10);
    Turn trip = new Turn(Priority.SAFETY, 10);
    queue.put(later, 2);
    queue.put(twin, 2);
    queue.put(late, 1);
    queue.put(trip, 5);
    assertSame(trip, queue.take(5));
    assertSame(late, queue.take(5));
    assertSame(later, queue.take(5));
    assertSame(twin, queue.take(5));
    assertNull(queue.take(5));
  }

  @Test
  void ofOnePriorityTheEarliestDeadlineGoesFirst() {
    Turn slow = new Turn(Priority.NORMAL, 1000);
    Turn fast = new Turn(Priority.NORMAL, 10);
    Turn next = new Turn(Priority.NORMAL, 10);
    queue.put(slow, 1);
    queue.put(fast, 5);
    queue.put(next, 6);
    assertSame(fast, queue.take(5));
    assertSame(slow, queue.take(5), "what is not due yet does not count");
    queue.put(slow, 1);
    assertSame(next, queue.take(6));
    assertSame(slow, queue.take(6));
  }

  @Test
  void aTurnKeepsToTheRasterOfItsPhase() {
    Turn turn = new Turn(Priority.NORMAL, 10, 3);
    queue.put(turn, 0);
    queue.take(0);
    assertEquals(3, turn.nextDueNanos(1), "after a turn outside of it");
    queue.put(turn, 3);
    queue.take(3);
    assertEquals(13, turn.nextDueNanos(3));
    assertEquals(0, turn.missed());
  }

  @Test
  void whatIsNotDueStays() {
    Turn turn = new Turn(Priority.SAFETY, 10);
    queue.put(turn, 7);
    assertNull(queue.take(6));
    assertEquals(7, queue.nextDueNanos());
  }

  @Test
  void aPollThatIsPutInTwiceIsMoved() {
    Turn turn = new Turn(Priority.NORMAL, 10);
    queue.put(turn, 7);
    queue.put(turn, 3);
    assertSame(turn, queue.take(9));
    assertNull(queue.take(9));
  }

  @Test
  void turnsThatAreOverAreCountedAndLeftOut() {
    Turn turn = new Turn(Priority.NORMAL, 10);
    queue.put(turn, 0);
    queue.take(0);
    assertEquals(10, turn.nextDueNanos(4));
    assertEquals(0, turn.missed());
    assertEquals(40, turn.nextDueNanos(35));
    assertEquals(3, turn.missed());
  }
}
