package io.plantbus.master.poll;

import io.plantbus.master.plant.TagSpec.Priority;
import org.jspecify.annotations.Nullable;

/// Something that is due again and again: what a [PollQueue] holds. Owned by the thread of its
/// line.
public abstract class Scheduled {
  private final Priority priority;
  private final long periodNanos;
  private final long phaseNanos;
  long dueNanos;
  long order;
  @Nullable PollQueue<?> queue;
  private long missed;
  private long missedBefore;

  /// Due at multiples of its period.
  ///
  /// @param priority which goes first when several are due
  /// @param periodNanos how often, positive
  protected Scheduled(Priority priority, long periodNanos) {
    this(priority, periodNanos, 0);
  }

  /// @param priority which goes first when several are due
  /// @param periodNanos how often, positive
  /// @param phaseNanos how long after the multiples of its period it is due, 0 to `periodNanos`
  protected Scheduled(Priority priority, long periodNanos, long phaseNanos) {
    this.priority = priority;
    this.periodNanos = periodNanos;
    this.phaseNanos = phaseNanos;
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

  /// When its turn must be over.
  public final long deadlineNanos() {
    return dueNanos + periodNanos;
  }

  /// How often it was due and could not be done in time; each such turn was left out.
  public final long missed() {
    return missed;
  }

  /// Turns left out since the last call.
  public final long newlyMissed() {
    long newly = missed - missedBefore;
    missedBefore = missed;
    return newly;
  }

  /// Its next turn after `nowNanos` in the raster of its period and phase; turns that are over are
  /// counted as missed.
  public final long nextDueNanos(long nowNanos) {
    if (nowNanos > dueNanos) {
      missed += (nowNanos - dueNanos) / periodNanos;
    }
    return nowNanos + periodNanos - Math.floorMod(nowNanos - phaseNanos, periodNanos);
  }
}
