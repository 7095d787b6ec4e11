package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec.Priority;

/// Something that is due again and again: what a [PollQueue] holds. Owned by the thread of its
/// line.
public abstract class Scheduled {
  private final Priority priority;
  private final long periodNanos;
  long dueNanos;
  long order;
  boolean queued;
  private long missed;

  /// @param priority which goes first when several are due
  /// @param periodNanos how often, positive
  protected Scheduled(Priority priority, long periodNanos) {
    this.priority = priority;
    this.periodNanos = periodNanos;
  }

  /// Which goes first when several are due.
  public final Priority priority() {
    return priority;
  }

  /// How often it is due, in nanoseconds.
  public final long periodNanos() {
    return periodNanos;
  }

  /// When it is, or was last, due.
  public final long dueNanos() {
    return dueNanos;
  }

  /// How often it was due and could not be done in time; each such turn was left out.
  public final long missed() {
    return missed;
  }

  /// Its next turn after `nowNanos` in the raster of its period; turns that are over are counted as
  /// missed.
  public final long nextDueNanos(long nowNanos) {
    long next = dueNanos + periodNanos;
    if (next <= nowNanos) {
      long late = (nowNanos - next) / periodNanos + 1;
      missed += late;
      next += late * periodNanos;
    }
    return next;
  }
}
