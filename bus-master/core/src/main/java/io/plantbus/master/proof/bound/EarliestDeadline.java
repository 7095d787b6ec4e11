package io.plantbus.master.proof.bound;

import java.util.ArrayList;
import java.util.List;

/// One server that takes strictly the lowest level first and within a level what is due first, and
/// ends what it began.
///
/// The bound on a task that is released `a` after the start of a busy span is what may be done
/// ahead of it: one task of a higher level or a later deadline that began just before, whatever has
/// a lower level, and of its own level what is due no later. The worst `a` is one at which a
/// deadline of its level falls together with its own (Spuri 1996; George, Rivierre and Spuri 1996
/// for servers that do not interrupt).
public final class EarliestDeadline {
  private static final long MOST_WORK = 300_000;
  private static final int MOST_ROUNDS = 500;

  private final List<TaskGroup> own = new ArrayList<>();
  private final List<TaskGroup> ahead = new ArrayList<>();
  private final Interference above;
  private final long belowNanos;
  private final long busyNanos;
  private final boolean feasible;

  private EarliestDeadline(List<TaskGroup> groups, int level, Interference above, long belowNanos) {
    this.above = above;
    long longest = belowNanos;
    for (TaskGroup group : groups) {
      if (group.level() < level) {
        ahead.add(group);
      } else if (group.level() == level) {
        own.add(group);
      } else {
        longest = Math.max(longest, group.longestNanos());
      }
    }
    this.belowNanos = longest;
    List<TaskGroup> both = new ArrayList<>(ahead);
    both.addAll(own);
    this.busyNanos = busyNanos(both, above, longest);
    this.feasible = busyNanos < Nanos.UNBOUNDED && work(both.size()) <= MOST_WORK;
  }

  private long work(int groups) {
    double candidates = 0;
    for (TaskGroup group : own) {
      candidates += (double) busyNanos / group.periodNanos() + 1;
    }
    double work = candidates * own.size() * groups;
    return work > MOST_WORK ? Long.MAX_VALUE : (long) work;
  }

  /// Bounds the wait of every group.
  ///
  /// @param groups by level, those of one level and period as one
  /// @param above what goes ahead of all of them
  /// @param belowNanos the longest that goes behind all of them
  /// @return one for each group, in the order of levels
  public static List<Wait> waits(List<TaskGroup> groups, Interference above, long belowNanos) {
    List<Wait> waits = new ArrayList<>(groups.size());
    groups.stream()
        .mapToInt(TaskGroup::level)
        .distinct()
        .sorted()
        .mapToObj(level -> new EarliestDeadline(groups, level, above, belowNanos))
        .forEach(
            level -> {
              for (TaskGroup group : level.own) {
                waits.add(level.wait(group));
              }
            });
    return waits;
  }

  /// The longest span in which the server is never without one of these tasks.
  ///
  /// @param blockingNanos what it was in the middle of before
  /// @return [Nanos#UNBOUNDED] if there is no end to it
  public static long busyNanos(List<TaskGroup> groups, Interference above, long blockingNanos) {
    double utilisation = above.utilisation();
    long atOnce = Nanos.plus(blockingNanos, above.atOnceNanos());
    for (TaskGroup group : groups) {
      utilisation += group.utilisation();
      atOnce = Nanos.plus(atOnce, group.totalNanos());
    }
    int rounds = (int) Math.min(MOST_ROUNDS, MOST_WORK / (groups.size() + 1));
    return FixedPoint.above(
        span -> {
          long sum = Nanos.plus(blockingNanos, above.within(span));
          for (TaskGroup group : groups) {
            sum = Nanos.plus(sum, group.within(span, 0));
          }
          return sum;
        },
        atOnce,
        utilisation,
        blockingNanos,
        rounds);
  }

  private Wait wait(TaskGroup group) {
    if (!feasible) {
      return new Wait(group, busyNanos, false);
    }
    long worst = 0;
    long period = group.periodNanos();
    for (TaskGroup other : own) {
      long first = Math.floorMod(other.periodNanos() - period, other.periodNanos());
      worst = Math.max(worst, released(group, first, other.periodNanos(), worst));
    }
    return new Wait(group, worst, true);
  }

  /// The longest wait of tasks that are released at these times.
  private long released(TaskGroup group, long first, long step, long known) {
    long worst = known;
    for (long at = first; busyNanos - at > worst; at += step) {
      worst = Math.max(worst, startNanos(group, at) - at);
    }
    return worst;
  }

  private long startNanos(TaskGroup group, long releasedNanos) {
    long dueNanos = releasedNanos + group.periodNanos();
    long blocking = belowNanos;
    for (TaskGroup other : own) {
      if (other.periodNanos() > dueNanos) {
        blocking = Math.max(blocking, other.longestNanos());
      }
    }
    long start = blocking;
    for (int round = 0; round < MOST_ROUNDS && start < busyNanos; round++) {
      long needed = Nanos.plus(blocking, before(group, releasedNanos, dueNanos, start));
      if (needed <= start) {
        return start;
      }
      start = needed;
    }
    return busyNanos;
  }

  private long before(TaskGroup group, long releasedNanos, long dueNanos, long startNanos) {
    long sum = above.within(startNanos);
    for (TaskGroup other : ahead) {
      sum = Nanos.plus(sum, other.within(startNanos, 0));
    }
    for (TaskGroup other : own) {
      long period = other.periodNanos();
      long jobs = Math.min(1 + startNanos / period, dueNanos / period);
      sum = Nanos.plus(sum, Nanos.times(jobs, other.totalNanos()));
      if (period == group.periodNanos()) {
        long former = releasedNanos / period;
        sum =
            former >= jobs
                ? Nanos.plus(sum, Nanos.times(former - jobs, group.longestNanos()))
                : sum - group.shortestNanos();
      }
    }
    return sum;
  }
}
