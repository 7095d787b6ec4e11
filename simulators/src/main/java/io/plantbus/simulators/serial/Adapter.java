package io.plantbus.simulators.serial;

/// How a serial adapter behaves towards its program.
///
/// @param handover when received bytes are handed over
/// @param hearsItself whether the program receives what it sends, as with two-wire adapters whose
///   receiver stays on
public record Adapter(Handover handover, boolean hearsItself) {
  /// When received bytes are handed over, and which time of arrival they bear.
  public sealed interface Handover {
    /// Each character as it arrives.
    record EachCharacter() implements Handover {}

    /// All that was gathered at multiples of a time, as USB adapters do; that is when it arrived.
    ///
    /// @param nanos above 0
    record LatencyTimer(long nanos) implements Handover {
      public LatencyTimer {
        if (nanos <= 0) {
          throw new IllegalArgumentException("a latency timer must be above 0, was " + nanos);
        }
      }
    }

    /// The queue of a UART (16550, PL011): so many characters together, or fewer once nothing came
    /// for four characters; that is when they arrived.
    ///
    /// @param trigger characters that raise the interrupt, 1..128
    record Fifo(int trigger) implements Handover {
      public Fifo {
        if (trigger < 1 || trigger > 128) {
          throw new IllegalArgumentException("a trigger level must be 1..128, was " + trigger);
        }
      }
    }

    /// A run of characters without a gap at its end, with the arrival of its last one. Nobody can
    /// tell this from a driver that wakes its program late, and it costs a simulation least.
    record WholeBurst() implements Handover {}
  }

  /// Hands over each byte as it arrives and hears nothing of its own.
  public static final Adapter DIRECT = new Adapter(new Handover.EachCharacter(), false);

  /// A USB adapter with the usual latency timer of 16 ms.
  public static final Adapter USB = new Adapter(16_000_000, false);

  /// A UART with a queue of 16 characters that interrupts at 8.
  public static final Adapter UART = new Adapter(new Handover.Fifo(8), false);

  /// Hands over what came without a gap at its end: the cheapest for long simulations.
  public static final Adapter BURST = new Adapter(new Handover.WholeBurst(), false);

  /// @param gatherNanos of a latency timer; 0 for each byte as it arrives
  public Adapter(long gatherNanos, boolean hearsItself) {
    this(
        gatherNanos == 0 ? new Handover.EachCharacter() : new Handover.LatencyTimer(gatherNanos),
        hearsItself);
  }

  /// The same, hearing what it sends.
  public Adapter withEcho() {
    return new Adapter(handover, true);
  }
}
