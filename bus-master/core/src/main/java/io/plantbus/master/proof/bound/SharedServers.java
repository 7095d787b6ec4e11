package io.plantbus.master.proof.bound;

import java.util.List;

/// Several servers for the tasks of several parties, none of which may take them all.
///
/// The bound looks at work alone, whatever its level: while a task waits, either all servers are
/// busy or its party has all that it may have, and what they work on was asked for in that time or
/// waited before. It is coarse and holds for any order.
///
/// @param servers 1 or more
/// @param perParty 1..`servers`
public record SharedServers(int servers, int perParty) {
  private static final int MOST_ROUNDS = 200;
  private static final int MOST_WORK = 100_000;

  /// The longest wait of a task of one party.
  ///
  /// @param all the tasks of all parties, each with one turn at most waiting at any time
  /// @param party those of its own party
  /// @param above what goes ahead of all tasks
  /// @param aboveParty what of it may be of its own party
  /// @return [Nanos#UNBOUNDED] if there is no end to it
  public long waitNanos(
      List<TaskGroup> all, List<TaskGroup> party, Interference above, Interference aboveParty) {
    boolean free = perParty == servers;
    double utilisation = utilisation(all, above) / servers;
    long atOnce = atOnceNanos(all, above) / servers + 1;
    if (!free) {
      utilisation += utilisation(party, aboveParty) / perParty;
      atOnce = Nanos.plus(atOnce, atOnceNanos(party, aboveParty) / perParty + 1);
    }
    return FixedPoint.above(
        span -> {
          long shared = Math.ceilDiv(workNanos(all, above, span), servers);
          long its = free ? 0 : Math.ceilDiv(workNanos(party, aboveParty, span), perParty);
          return Nanos.plus(shared, its);
        },
        atOnce,
        utilisation,
        0,
        Math.min(MOST_ROUNDS, MOST_WORK / (all.size() + party.size() + 1)));
  }

  private static long workNanos(List<TaskGroup> groups, Interference above, long span) {
    long sum = above.within(span);
    for (TaskGroup group : groups) {
      sum = Nanos.plus(sum, group.within(span, 1));
    }
    return sum;
  }

  private static double utilisation(List<TaskGroup> groups, Interference above) {
    return above.utilisation() + groups.stream().mapToDouble(TaskGroup::utilisation).sum();
  }

  private static long atOnceNanos(List<TaskGroup> groups, Interference above) {
    long sum = above.atOnceNanos();
    for (TaskGroup group : groups) {
      sum = Nanos.plus(sum, Nanos.times(2, group.totalNanos()));
    }
    return sum;
  }
}
