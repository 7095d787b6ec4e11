package io.plantbus.master.account;

/// What a line or a device took of its line over some span of time, and what it brought.
///
/// @param time by cause
/// @param traffic what was asked and what came
/// @param idealNanos time that the payload of answered requests would have taken in the longest
///   requests that each device allows: its time on the wire, and for each such request, or part of
///   one, the mean of overhead, silence and turnaround that the device's answers took. A write
///   counts as it was sent
/// @param neededNanos time that all polls would have taken had none missed its deadline: the useful
///   time of each device, times the share of its turns that were missed more than those done
public record Usage(LineTime time, Traffic traffic, long idealNanos, long neededNanos) {
  /// Of nothing.
  public static final Usage NONE = new Usage(LineTime.NONE, Traffic.NONE, 0, 0);

  /// The ideal time by the time taken, time-outs and retries included: 1 if every request was as
  /// long as allowed and every one was answered. NaN if no payload is known of.
  public double efficiency() {
    return traffic.payloadBytes() == 0 || time.takenNanos() == 0
        ? Double.NaN
        : Math.min(1, (double) idealNanos / time.takenNanos());
  }

  Usage plus(Usage other) {
    return new Usage(
        time.plus(other.time),
        traffic.plus(other.traffic),
        idealNanos + other.idealNanos,
        neededNanos + other.neededNanos);
  }
}
