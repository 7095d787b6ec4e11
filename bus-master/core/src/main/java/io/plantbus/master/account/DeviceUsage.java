package io.plantbus.master.account;

import java.util.List;

/// What one device takes of its line: a snapshot.
///
/// @param device its name
/// @param address how it is addressed, such as `unit 2`
/// @param recent over the last minute
/// @param total since the start
/// @param recentLatency of its answers over the last half minute to minute
/// @param latency of its answers since the start
/// @param silent whether its last request found no valid answer
/// @param lastAnswerNanos monotonic time of its last valid answer; [#NEVER] before the first
/// @param missed tags that missed deadlines since the start
/// @param ages how old its tags got at most, those that were read often enough to tell
public record DeviceUsage(
    String device,
    String address,
    Usage recent,
    Usage total,
    Latency recentLatency,
    Latency latency,
    boolean silent,
    long lastAnswerNanos,
    List<TagMisses> missed,
    List<TagAge> ages) {
  /// Before its first answer.
  public static final long NEVER = Long.MIN_VALUE;

  /// Of a device that took nothing yet.
  public static final DeviceUsage NONE =
      new DeviceUsage(
          "",
          "",
          Usage.NONE,
          Usage.NONE,
          Latency.NONE,
          Latency.NONE,
          false,
          NEVER,
          List.of(),
          List.of());

  public DeviceUsage {
    missed = List.copyOf(missed);
    ages = List.copyOf(ages);
  }

  /// Such as `pump (unit 2)`.
  public String label() {
    return device + " (" + address + ")";
  }
}
