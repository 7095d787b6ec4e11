package io.plantbus.master.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SlidingSumsTest {
  private static final long SECOND = 1_000_000_000L;

  private final SlidingSums sums = new SlidingSums(2);

  private void add(int index, long amount, long seconds) {
    sums.advance(seconds * SECOND);
    sums.add(index, amount);
  }

  @Test
  void theLastMinuteForgetsWhatTheTotalKeeps() {
    add(0, 5, 10);
    add(1, 7, 30);
    add(0, 2, 40);
    assertEquals(7, sums.recent(0));
    sums.advance(69 * SECOND);
    assertEquals(7, sums.recent(0));
    sums.advance(70 * SECOND);
    assertEquals(2, sums.recent(0));
    assertEquals(7, sums.recent(1));
    sums.advance(5000 * SECOND);
    assertEquals(0, sums.recent(0));
    assertEquals(7, sums.total(0));
    assertEquals(7, sums.total(1));
  }
}
