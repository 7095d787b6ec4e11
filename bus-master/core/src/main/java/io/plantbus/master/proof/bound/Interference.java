package io.plantbus.master.proof.bound;

import java.util.List;

/// What goes ahead of all tasks: arrivals of known rate, and a share of the time that is drawn from
/// a bucket.
///
/// @param arrivals independent of each other
/// @param burstNanos the most that the bucket gives at once
/// @param sharePpm millionths of the time that flow into the bucket, 0..1,000,000
public record Interference(List<Arrivals> arrivals, long burstNanos, int sharePpm) {
  /// Nothing.
  public static final Interference NONE = new Interference(List.of(), 0, 0);

  /// Arrivals of which in any span of time there are at most so many at once and then one in each
  /// interval.
  ///
  /// @param atOnce 1 or more
  /// @param everyNanos positive
  /// @param eachNanos time of the server for each
  public record Arrivals(long atOnce, long everyNanos, long eachNanos) {
    /// The most of them in a span, both ends of which count.
    public long countWithin(long nanos) {
      return atOnce + nanos / everyNanos;
    }
  }

  public Interference {
    arrivals = List.copyOf(arrivals);
  }

  /// The same with another bucket.
  public Interference withBucket(long newBurstNanos, int newSharePpm) {
    return new Interference(arrivals, newBurstNanos, newSharePpm);
  }

  /// The most time of the server that it takes in a span, both ends of which count.
  public long within(long nanos) {
    long sum = Nanos.plus(burstNanos, Nanos.share(nanos, sharePpm));
    for (Arrivals each : arrivals) {
      sum = Nanos.plus(sum, Nanos.times(each.countWithin(nanos), each.eachNanos()));
    }
    return sum;
  }

  /// Share of the server's time in the long run.
  public double utilisation() {
    double sum = sharePpm / 1e6;
    for (Arrivals each : arrivals) {
      sum += (double) each.eachNanos() / each.everyNanos();
    }
    return sum;
  }

  /// The most at once: with [#utilisation] a straight line above [#within].
  long atOnceNanos() {
    long sum = Nanos.plus(burstNanos, 1);
    for (Arrivals each : arrivals) {
      sum = Nanos.plus(sum, Nanos.times(each.atOnce(), each.eachNanos()));
    }
    return sum;
  }
}
