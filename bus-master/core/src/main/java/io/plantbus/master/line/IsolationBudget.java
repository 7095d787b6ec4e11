package io.plantbus.master.line;

/// The line time that requests without an answer may take from the devices that answer: what was
/// spent is a debt, which is paid off at a fixed share of real time. In any span of time `t`, no
/// more is spent on requests that ask for leave than the share of `t` and one request.
///
/// Owned by the thread of its line; times are monotonic nanoseconds and never go back.
public final class IsolationBudget {
  private final double share;
  private long freeAtNanos = Long.MIN_VALUE;

  /// @param share of the line's time, more than 0, at most 1
  public IsolationBudget(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share must be more than 0 and at most 1, was " + share);
    }
    this.share = share;
  }

  /// Whether there is no debt.
  public boolean allows(long nowNanos) {
    return nowNanos >= freeAtNanos;
  }

  /// When the debt is paid off; a time that is over if there is none.
  public long freeAtNanos() {
    return freeAtNanos;
  }

  /// The line was taken by a request that found no answer.
  ///
  /// @param nanos how long; 0 or more
  public void spent(long nanos, long nowNanos) {
    freeAtNanos = Math.max(freeAtNanos, nowNanos) + (long) (nanos / share) - nanos;
  }

  /// Another line: nothing is owed.
  public void clear() {
    freeAtNanos = Long.MIN_VALUE;
  }
}
