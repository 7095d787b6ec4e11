package io.plantbus.master.proof.bound;

/// Tasks of one class that recur with one period, each due when its period is over.
///
/// @param level its class; lower ones go first
/// @param periodNanos at least this between two releases of one task, positive
/// @param totalNanos time of the server for all of them, once each
/// @param longestNanos of the one that takes longest
/// @param shortestNanos of the one that takes least
public record TaskGroup(
    int level, long periodNanos, long totalNanos, long longestNanos, long shortestNanos) {
  public TaskGroup {
    if (periodNanos < 1
        || shortestNanos < 0
        || longestNanos < shortestNanos
        || totalNanos < longestNanos) {
      throw new IllegalArgumentException("times must be positive and fit each other");
    }
  }

  /// The tasks of both, of one level and period.
  public TaskGroup and(TaskGroup other) {
    return new TaskGroup(
        level,
        periodNanos,
        Nanos.plus(totalNanos, other.totalNanos),
        Math.max(longestNanos, other.longestNanos),
        Math.min(shortestNanos, other.shortestNanos));
  }

  /// The same tasks with another period.
  public TaskGroup every(long nanos) {
    return new TaskGroup(level, nanos, totalNanos, longestNanos, shortestNanos);
  }

  /// Share of a server's time, 0 and more.
  public double utilisation() {
    return (double) totalNanos / periodNanos;
  }

  /// The most that it asks for in a span, both ends of which count.
  ///
  /// @param before turns of each task that may still wait from before
  long within(long nanos, int before) {
    return Nanos.times(nanos / periodNanos + 1 + before, totalNanos);
  }
}
