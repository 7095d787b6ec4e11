package io.plantbus.simulators.serial;

/// How a serial adapter behaves towards its program.
///
/// @param gatherNanos received bytes are handed over together at multiples of this time, as USB
///   adapters do with their latency timer; 0 for each byte as it arrives
/// @param hearsItself whether the program receives what it sends, as with two-wire adapters whose
///   receiver stays on
public record Adapter(long gatherNanos, boolean hearsItself) {
  /// Hands over each byte as it arrives and hears nothing of its own.
  public static final Adapter DIRECT = new Adapter(0, false);

  /// A USB adapter with the usual latency timer of 16 ms.
  public static final Adapter USB = new Adapter(16_000_000, false);

  public Adapter {
    if (gatherNanos < 0) {
      throw new IllegalArgumentException("a latency timer must be 0 or more, was " + gatherNanos);
    }
  }
}
