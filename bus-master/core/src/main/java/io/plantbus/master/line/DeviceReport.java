package io.plantbus.master.line;

import io.plantbus.master.account.DeviceUsage;

/// How a device is doing: a snapshot taken by its line's owner.
///
/// @param name the device
/// @param line its line
/// @param health what the master thinks of it
/// @param reason why it is not up, for a person; empty when up
/// @param transactions transactions ended since the start
/// @param errors of these, silence, noise and aborts
/// @param lastAnswerNanos monotonic time of its last valid answer; 0 before the first
/// @param usage what it takes of its line, as of the last second
public record DeviceReport(
    String name,
    String line,
    Health health,
    String reason,
    long transactions,
    long errors,
    long lastAnswerNanos,
    DeviceUsage usage) {
  /// What the master thinks of a device.
  public enum Health {
    /// Not asked yet.
    UNKNOWN,
    /// It answers.
    UP,
    /// It missed an answer, and is asked again as usual.
    SUSPECT,
    /// It is silent or talks nonsense, and is asked seldom.
    DOWN,
    /// The configuration keeps it out.
    OUT_OF_SERVICE
  }
}
