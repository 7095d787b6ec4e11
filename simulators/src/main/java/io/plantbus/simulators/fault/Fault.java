package io.plantbus.simulators.fault;

/// One planned fault.
///
/// @param target the unit, I2C target or whole line that is hit, by name
/// @param kind how
/// @param rate share of the answers hit, above 0 to 1
/// @param fromNanos when it begins, since the start of the plan
/// @param untilNanos when it is over, since the start of the plan; `Long.MAX_VALUE` for never
/// @param delayNanos how much later the answer comes; only for [FaultKind#LATE]
public record Fault(
    String target, FaultKind kind, double rate, long fromNanos, long untilNanos, long delayNanos) {
  /// How late a late answer is unless told otherwise: 2 s, beyond the usual time-outs.
  public static final long DEFAULT_DELAY_NANOS = 2_000_000_000L;

  public Fault {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate must be above 0 and at most 1, was " + rate);
    }
    if (fromNanos < 0 || untilNanos <= fromNanos) {
      throw new IllegalArgumentException("a fault must end after it begins, at 0 or later");
    }
    if (delayNanos < 0) {
      throw new IllegalArgumentException("a delay must be 0 or more, was " + delayNanos);
    }
  }

  /// A fault that hits every answer from now on.
  public static Fault always(String target, FaultKind kind) {
    return sometimes(target, kind, 1);
  }

  /// A fault that hits a share of the answers from now on.
  ///
  /// @param rate above 0 to 1
  public static Fault sometimes(String target, FaultKind kind, double rate) {
    return new Fault(target, kind, rate, 0, Long.MAX_VALUE, DEFAULT_DELAY_NANOS);
  }

  /// The same fault within a window of time.
  ///
  /// @param atNanos begin since the start of the plan
  /// @param lastingNanos above 0
  public Fault during(long atNanos, long lastingNanos) {
    return new Fault(target, kind, rate, atNanos, atNanos + lastingNanos, delayNanos);
  }

  /// The same fault with another delay.
  public Fault delayedBy(long nanos) {
    return new Fault(target, kind, rate, fromNanos, untilNanos, nanos);
  }
}
