package io.plantbus.master.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IsolationBudgetTest {
  private final IsolationBudget budget = new IsolationBudget(0.05);

  @Test
  void whatWasSpentIsPaidOffAtTheShareOfRealTime() {
    assertTrue(budget.allows(0));
    budget.spent(50, 50);
    assertFalse(budget.allows(999));
    assertTrue(budget.allows(1000), "50 of 1000 is a twentieth, counted from its start");
  }

  @Test
  void debtsAddUp() {
    budget.spent(50, 50);
    budget.spent(50, 100);
    assertEquals(2000, budget.freeAtNanos());
  }

  @Test
  void whoAsksForLeaveNeverTakesMoreThanTheShareAndOneRequest() {
    long now = 0;
    long spent = 0;
    while (now < 100_000) {
      if (budget.allows(now)) {
        now += 50;
        spent += 50;
        budget.spent(50, now);
      } else {
        now = budget.freeAtNanos();
      }
    }
    assertTrue(spent <= 5_000 + 50, spent + " of 100000");
    assertTrue(spent >= 5_000, spent + " of 100000: the share is a right, too");
  }

  @Test
  void whatNobodyWaitsForMayBeOwedForAWhile() {
    long second = 1_000_000_000L;
    long now = 0;
    long spent = 0;
    while (now < 100 * second) {
      if (budget.allowsUnnoticed(now)) {
        now += second / 10;
        spent += second / 10;
        budget.spent(second / 10, now);
      } else {
        now = budget.unnoticedAtNanos();
      }
    }
    assertTrue(spent > 7 * second - second / 5, spent + " ns: the share, and two seconds");
    assertTrue(spent <= 7 * second + second / 10, spent + " ns: the share, and two seconds");
  }

  @Test
  void whatWasSpentWithoutLeaveIsNotHeldAgainstTheLineForLong() {
    long second = 1_000_000_000L;
    for (int i = 1; i <= 100; i++) {
      budget.spent(second / 2, i * second / 2);
    }
    assertEquals(50 * second + 80 * second, budget.freeAtNanos(), "four seconds at a twentieth");
    budget.spent(10 * second, 60 * second);
    assertEquals(60 * second + 200 * second, budget.freeAtNanos(), "ten seconds, the last request");
  }

  @Test
  void aShareIsMoreThanNothing() {
    assertThrows(IllegalArgumentException.class, () -> new IsolationBudget(0));
    assertThrows(IllegalArgumentException.class, () -> new IsolationBudget(Double.NaN));
  }
}
