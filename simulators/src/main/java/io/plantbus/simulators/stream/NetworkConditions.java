package io.plantbus.simulators.stream;

/// How a simulated network carries bytes.
///
/// @param latencyNanos time from one end to the other, 0 or more
/// @param jitterNanos added at random, 0 to this; segments never overtake each other
/// @param segmentBytes what was written is split at random into segments of 1 to this many bytes; 0
///   leaves it in one piece
public record NetworkConditions(long latencyNanos, long jitterNanos, int segmentBytes) {
  /// A quiet local network: 0.2 ms each way, what was written in one piece arrives in one piece.
  public static final NetworkConditions LOCAL = new NetworkConditions(200_000, 0, 0);

  public NetworkConditions {
    if (latencyNanos < 0 || jitterNanos < 0 || segmentBytes < 0) {
      throw new IllegalArgumentException("network conditions must be 0 or more");
    }
  }
}
