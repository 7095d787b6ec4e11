package io.plantbus.master.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedTimeTest {
  @Test
  void oneAloneTakesItAll() {
    SharedTime shared = new SharedTime(1);
    shared.began(100);
    assertEquals(40, shared.ended(100, 140));
    shared.began(1_000_000_000_000L);
    assertEquals(60_000_000_000L, shared.ended(1_000_000_000_000L, 1_060_000_000_000L));
  }

  @Test
  void twoTakeHalfOfTheTimeThatTheyHaveInCommon() {
    SharedTime shared = new SharedTime(2);
    shared.began(0);
    shared.began(100);
    assertEquals(100 + 50, shared.ended(0, 200));
    assertEquals(50 + 300, shared.ended(100, 500));
  }

  @Test
  void theSharesAddUpToTheTimeInWhichAnyWasUnderWay() {
    SplittableRandom random = new SplittableRandom(3);
    SharedTime shared = new SharedTime(16);
    long[] began = new long[16];
    int count = 0;
    long now = Long.MAX_VALUE / 720_720;
    long busy = 0;
    long sum = 0;
    for (int i = 0; i < 100_000; i++) {
      long pause = random.nextLong(1_000_000_007L);
      now += pause;
      busy += count > 0 ? pause : 0;
      if (count < 16 && (count == 0 || random.nextInt(32) >= count)) {
        shared.began(now);
        began[count++] = now;
      } else {
        int which = random.nextInt(count);
        sum += shared.ended(began[which], now);
        began[which] = began[--count];
      }
    }
    while (count > 0) {
      sum += shared.ended(began[--count], now);
    }
    assertEquals(busy, sum);
  }

  @Test
  void anUnknownTransactionTakesNothing() {
    assertEquals(0, new SharedTime(2).ended(5, 10));
  }
}
