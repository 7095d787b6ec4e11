package io.plantbus.simulators.twin;

import java.util.concurrent.atomic.AtomicLong;

/// The time of all recordings of a bench: it begins with the first request to any of its slaves, so
/// that they stay together, and a master that starts later misses nothing. For any thread.
public final class TwinClock {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final AtomicLong start = new AtomicLong(NOT_STARTED);

  /// A clock that has not begun.
  public TwinClock() {}

  /// Time since the first request.
  ///
  /// @param nowNanos monotonic
  long elapsed(long nowNanos) {
    start.compareAndSet(NOT_STARTED, nowNanos);
    return Math.max(0, nowNanos - start.get());
  }
}
