package io.plantbus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleAllocationTest {
  private static final int TRANSACTIONS = 100_000;

  /// A value of 24 bytes and its sample of 40, and less than a byte for what happens now and then.
  private static final double NEW_SAMPLE_BYTES = 64;

  @Test
  void aTransactionOfAScheduledLineAllocatesTheSampleOfItsValueAndNothingElse() {
    double bytes = Schedule.scheduled(TRANSACTIONS).bytes();

    assertTrue(bytes < NEW_SAMPLE_BYTES + 1, bytes + " bytes per transaction");
  }
}
