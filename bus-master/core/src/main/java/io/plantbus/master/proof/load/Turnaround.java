package io.plantbus.master.proof.load;

/// The longest time that a device is taken to need from the end of a request to the start of its
/// answer, and how that is known.
///
/// @param device the device
/// @param nanos 0 or more
/// @param source how it is known
public record Turnaround(String device, long nanos, Source source) {
  /// How a turnaround is known.
  public enum Source {
    /// The plant file says it.
    STATED,
    /// The device was seen to take it.
    OBSERVED,
    /// Nothing is known of the device.
    ASSUMED
  }
}
