package io.plantbus.master.account;

/// How long answers took.
///
/// On a serial line from the end of the request to the start of the answer, worked out from the
/// round trip and the lengths of both frames; on an I2C bus the transfers of each turn; elsewhere
/// the round trip. Percentiles are within 2 % of the exact ones.
///
/// @param count answers
/// @param medianNanos half of them took no longer; 0 if there are none
/// @param p99Nanos 99 of 100 took no longer; 0 if there are none
/// @param maxNanos the longest, exact
public record Latency(long count, long medianNanos, long p99Nanos, long maxNanos) {
  /// Of no answer.
  public static final Latency NONE = new Latency(0, 0, 0, 0);
}
