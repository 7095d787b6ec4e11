package io.plantbus.simulators.fault;

/// One planned fault.
///
/// @param target the unit, I2C target or whole line that is hit, by name
/// @param kind how
/// @param rate what its kind says: a share of the answers above 0 to 1, or events per second above
///   0 to 1,000
/// @param fromNanos when it begins, since the start of the plan
/// @param untilNanos when it is over, since the start of the plan; `Long.MAX_VALUE` for never
/// @param delayNanos how much later the answer comes, for [FaultKind#LATE] and
///   [FaultKind#DUPLICATE], or from one byte that is read to the next, for [FaultKind#SLOW_READER]
public record Fault(
    String target, FaultKind kind, double rate, long fromNanos, long untilNanos, long delayNanos) {
  /// How late a late answer is unless told otherwise: 2 s, beyond the usual time-outs.
  public static final long DEFAULT_DELAY_NANOS = 2_000_000_000L;

  /// How much later a second device with the same unit id begins to answer unless told otherwise:
  /// 0.5 ms, so that both overlap.
  public static final long DUPLICATE_DELAY_NANOS = 500_000;

  private static final double MOST_PER_SECOND = 1_000;

  public Fault {
    double most = mostRate(kind);
    if (!(rate > 0 && rate <= most)) {
      throw new IllegalArgumentException(
          "a rate must be above 0 and at most " + (long) most + ", was " + rate);
    }
    if (fromNanos < 0 || untilNanos <= fromNanos) {
      throw new IllegalArgumentException("a fault must end after it begins, at 0 or later");
    }
    if (delayNanos < 0) {
      throw new IllegalArgumentException("a delay must be 0 or more, was " + delayNanos);
    }
  }

  /// The highest rate of a kind.
  public static double mostRate(FaultKind kind) {
    return kind.isPerSecond() ? MOST_PER_SECOND : 1;
  }

  /// The delay of a kind unless told otherwise.
  public static long defaultDelayNanos(FaultKind kind) {
    return kind == FaultKind.DUPLICATE ? DUPLICATE_DELAY_NANOS : DEFAULT_DELAY_NANOS;
  }

  /// A fault that hits every answer from now on.
  public static Fault always(String target, FaultKind kind) {
    return sometimes(target, kind, 1);
  }

  /// A fault that hits a share of the answers from now on.
  ///
  /// @param rate above 0
  public static Fault sometimes(String target, FaultKind kind, double rate) {
    return new Fault(target, kind, rate, 0, Long.MAX_VALUE, defaultDelayNanos(kind));
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
