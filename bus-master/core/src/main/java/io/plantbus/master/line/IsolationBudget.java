package io.plantbus.master.line;

/// The line time that requests without an answer may take from the devices that answer: what was
/// spent is a debt, which is paid off at a fixed share of real time.
///
/// While others wait for the line, nothing may be spent before all is paid off. While nobody would
/// wait, up to two seconds may be owed. So in any span of time `t`, requests that ask for leave
/// take no more than the share of `t`, two seconds and one request, and others wait for no more
/// than the share of `t` and one request.
///
/// What was spent without leave may add up to more, as when all devices of a line stop to answer at
/// once. No more than four seconds of it are remembered, or one request if that took longer, so
/// that nobody is left out for long after the line has come back.
///
/// Owned by the thread of its line; times are monotonic nanoseconds and never go back.
public final class IsolationBudget {
  private static final long MOST_OWED_NANOS = 2_000_000_000L;

  private final double share;
  private final long patienceNanos;
  private long freeAtNanos = Long.MIN_VALUE / 2;

  /// @param share of the line's time, more than 0, at most 1
  public IsolationBudget(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share must be more than 0 and at most 1, was " + share);
    }
    this.share = share;
    this.patienceNanos = (long) (MOST_OWED_NANOS / share);
  }

  /// Whether a request may be sent though others may have to wait for it: nothing is owed.
  public boolean allows(long nowNanos) {
    return nowNanos >= freeAtNanos;
  }

  /// Whether a request may be sent for which nobody has to wait.
  public boolean allowsUnnoticed(long nowNanos) {
    return nowNanos >= unnoticedAtNanos();
  }

  /// When nothing is owed any more; a time that is over if that is so now.
  public long freeAtNanos() {
    return freeAtNanos;
  }

  /// When a request may be sent for which nobody has to wait.
  public long unnoticedAtNanos() {
    return freeAtNanos - patienceNanos;
  }

  /// The line was taken by a request that found no answer.
  ///
  /// @param nanos how long; 0 or more
  public void spent(long nanos, long nowNanos) {
    long price = (long) (nanos / share);
    freeAtNanos =
        Math.min(
            Math.max(freeAtNanos, nowNanos - nanos) + price,
            nowNanos + Math.max(2 * patienceNanos, price));
  }

  /// Another line, or one that has come back: nothing is owed.
  public void clear() {
    freeAtNanos = Long.MIN_VALUE / 2;
  }
}
