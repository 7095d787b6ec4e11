package io.plantbus.master.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final long SECOND = 1_000_000_000L;
  private static final double ERROR = 0.02;

  private final LatencyHistogram histogram = new LatencyHistogram(60 * SECOND);

  private static long percentile(long[] sorted, int percent) {
    return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
  }

  private static void assertNear(long exact, long estimated) {
    assertEquals(1, (double) estimated / exact, ERROR);
  }

  @Test
  void percentilesAreThoseOfAllTimesWithinTwoPercent() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50; round++) {
      LatencyHistogram each = new LatencyHistogram(60 * SECOND);
      long[] times = new long[1 + random.nextInt(3000)];
      double low = random.nextDouble(3, 9);
      for (int i = 0; i < times.length; i++) {
        times[i] = Math.round(Math.pow(10, random.nextDouble(low, 10.7)));
        each.add(times[i], i);
      }
      Arrays.sort(times);
      for (Latency latency : new Latency[] {each.total(), each.recent(times.length)}) {
        assertEquals(times.length, latency.count());
        assertNear(percentile(times, 50), latency.medianNanos());
        assertNear(percentile(times, 99), latency.p99Nanos());
        assertEquals(times[times.length - 1], latency.maxNanos());
      }
    }
  }

  @Test
  void everyTimeFallsIntoABucketAroundIt() {
    for (long nanos = 1_000; nanos < 60 * SECOND; nanos += 1 + nanos / 97) {
      LatencyHistogram one = new LatencyHistogram(SECOND);
      one.add(nanos, 0);
      one.add(2 * nanos, 0);
      if (2 * nanos <= 60 * SECOND) {
        assertNear(nanos, one.total().medianNanos());
      }
    }
  }

  @Test
  void whatIsOutsideCountsAsTheNearestThatFits() {
    histogram.add(0, 0);
    assertEquals(new Latency(1, 0, 0, 0), histogram.total());
    histogram.add(90 * SECOND, 0);
    assertEquals(90 * SECOND, histogram.total().maxNanos());
    assertNear(60 * SECOND, histogram.total().p99Nanos());
  }

  @Test
  void whatIsOldIsForgottenByTheWindowOnly() {
    histogram.add(SECOND, 0);
    histogram.add(2_000_000, 40 * SECOND);
    assertEquals(2, histogram.recent(59 * SECOND).count());
    assertEquals(1, histogram.recent(60 * SECOND).count());
    assertEquals(2_000_000, histogram.recent(60 * SECOND).maxNanos());
    assertEquals(Latency.NONE, histogram.recent(500 * SECOND));
    assertEquals(2, histogram.total().count());
    histogram.add(3_000_000, 501 * SECOND);
    assertEquals(1, histogram.recent(502 * SECOND).count());
  }

  @Test
  void noAnswerHasNoLatency() {
    assertEquals(Latency.NONE, histogram.total());
    assertEquals(Latency.NONE, histogram.recent(0));
    assertTrue(histogram.total().medianNanos() == 0);
  }
}
