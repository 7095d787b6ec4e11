package io.plantbus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleAllocationTest {
  private static final int TRANSACTIONS = 100_000;
  private static final int MOST_RUNS = 10;

  /// A value of 24 bytes and its sample of 40, and less than a byte for what happens now and then.
  private static final double NEW_SAMPLE_BYTES = 64;

  @Test
  void aTransactionOfAScheduledLineAllocatesTheSampleOfItsValueAndNothingElse() {
    // Code that is not compiled yet allocates what compiled code does not.
    double bytes = Double.MAX_VALUE;
    for (int run = 0; run < MOST_RUNS && bytes >= NEW_SAMPLE_BYTES + 1; run++) {
      bytes = Math.min(bytes, Schedule.scheduled(TRANSACTIONS).bytes());
    }

    assertTrue(bytes < NEW_SAMPLE_BYTES + 1, bytes + " bytes per transaction");
  }
}
