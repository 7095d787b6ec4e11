package io.plantbus.master.account;

import java.util.List;

/// Where the time of one line goes: a snapshot. Transactions under way count once they ended, so
/// the times of all causes add up to the time of the line without those.
///
/// @param line its name
/// @param recent over the last minute, all devices together
/// @param total since the start, all devices together
/// @param devices in the order of the plant
public record LineUsage(String line, Usage recent, Usage total, List<DeviceUsage> devices) {
  public LineUsage {
    devices = List.copyOf(devices);
  }

  /// Of a line that did nothing yet.
  public static LineUsage none(String line) {
    return new LineUsage(line, Usage.NONE, Usage.NONE, List.of());
  }

  /// Share of the last minute that a cause took, 0..1; 0 before there was any time.
  public double share(Cause cause) {
    return share(recent.time().nanos(cause));
  }

  /// Share of the last minute that a device took, 0..1.
  public double share(DeviceUsage device) {
    return share(device.recent().time().takenNanos());
  }

  private double share(long nanos) {
    long all = recent.time().totalNanos();
    return all == 0 ? 0 : (double) nanos / all;
  }
}
