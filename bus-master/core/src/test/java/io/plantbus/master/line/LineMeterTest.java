package io.plantbus.master.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineMeterTest {
  private static final long SECOND = 1_000_000_000L;
  private final LineMeter meter = new LineMeter();

  private void transactions(int count, long from, long busy, long idle) {
    long now = from;
    for (int i = 0; i < count; i++) {
      meter.busy(true, now);
      now += busy;
      meter.ended(now);
      meter.busy(false, now);
      now += idle;
    }
  }

  @Test
  void theShareOfBusyTimeIsMeasured() {
    transactions(100, 10 * SECOND, SECOND / 40, SECOND * 3 / 40);
    assertEquals(0.25, meter.utilisation(20 * SECOND), 0.01);
    assertEquals(10, meter.rate(20 * SECOND), 0.5);
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    transactions(100, 0, SECOND / 100, 0);
    assertEquals(1, meter.utilisation(SECOND), 0.001);
    assertEquals(0, meter.utilisation(6 * SECOND), 0);
    assertEquals(0, meter.rate(6 * SECOND), 0);
  }

  @Test
  void aTransactionUnderWayCounts() {
    meter.busy(true, 5 * SECOND);
    assertEquals(1, meter.utilisation(60 * SECOND), 0.001);
  }
}
