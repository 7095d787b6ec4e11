package io.plantbus.master.plant;

/// What devices that do not answer may take from the others on their line.
///
/// @param suspectShare share of the line's time for requests to suspect devices, all of them
///   together; 0.001..0.5
/// @param leastTimeoutNanos the time-out of a device that always answers quickly goes no lower than
///   this, 1 ms..60 s; the line's own time-out bounds it from above
public record Isolation(double suspectShare, long leastTimeoutNanos) {
  /// A twentieth of the line's time, and time-outs no shorter than 20 ms.
  public static final Isolation DEFAULT = new Isolation(0.05, 20_000_000);

  public Isolation {
    if (!(suspectShare >= 0.001 && suspectShare <= 0.5)) {
      throw new IllegalArgumentException(
          "the share of suspect devices must be 0.001..0.5, was " + suspectShare);
    }
    if (leastTimeoutNanos < 1_000_000 || leastTimeoutNanos > 60_000_000_000L) {
      throw new IllegalArgumentException("the least time-out must be 1ms..60s");
    }
  }
}
