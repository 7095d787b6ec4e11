package io.plantbus.simulators.datagram;

/// How a simulated network carries datagrams. Rates are shares of the datagrams, 0 to 1, each drawn
/// for itself.
///
/// ```
///  sent ─ lost? ─ twice? ─▶ each copy: cut short? ─ latency + 0..jitter ─▶ arrives, before others too
/// ```
///
/// @param latencyNanos time from one end to the other, 0 or more
/// @param jitterNanos added at random, 0 to this; datagrams overtake each other by it
/// @param lossRate never arrive
/// @param duplicateRate arrive twice, each time with a jitter of its own
/// @param truncationRate lose some of their last bytes, and arrive with at least one
public record DatagramConditions(
    long latencyNanos,
    long jitterNanos,
    double lossRate,
    double duplicateRate,
    double truncationRate) {
  /// A quiet local network: 0.2 ms each way, and nothing goes wrong.
  public static final DatagramConditions LOCAL = new DatagramConditions(200_000, 0, 0, 0, 0);

  public DatagramConditions {
    if (latencyNanos < 0 || jitterNanos < 0) {
      throw new IllegalArgumentException("times must be 0 or more");
    }
    requireRate(lossRate);
    requireRate(duplicateRate);
    requireRate(truncationRate);
  }

  private static void requireRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate must be 0 to 1, was " + rate);
    }
  }

  /// The same with other times.
  public DatagramConditions delaying(long latency, long jitter) {
    return new DatagramConditions(latency, jitter, lossRate, duplicateRate, truncationRate);
  }

  /// The same with another share of losses.
  public DatagramConditions losing(double rate) {
    return new DatagramConditions(latencyNanos, jitterNanos, rate, duplicateRate, truncationRate);
  }

  /// The same with another share of duplicates.
  public DatagramConditions duplicating(double rate) {
    return new DatagramConditions(latencyNanos, jitterNanos, lossRate, rate, truncationRate);
  }

  /// The same with another share of truncated datagrams.
  public DatagramConditions truncating(double rate) {
    return new DatagramConditions(latencyNanos, jitterNanos, lossRate, duplicateRate, rate);
  }
}
