package io.plantbus.master.proof.load;

/// What a proof takes for granted because no file says it.
///
/// @param writesPerSecond the most writes of people and programs to one line in the long run,
///   0..10,000; those of loops come on top, one in each period of a loop
/// @param writesAtOnce the most of them that wait at the same time, 1..256
public record Assumptions(double writesPerSecond, int writesAtOnce) {
  /// One write each second, and none while another one waits.
  public static final Assumptions DEFAULT = new Assumptions(1, 1);

  public Assumptions {
    if (!(writesPerSecond >= 0 && writesPerSecond <= 10_000)) {
      throw new IllegalArgumentException(
          "writes per second must be 0..10000, was " + writesPerSecond);
    }
    if (writesAtOnce < 1 || writesAtOnce > 256) {
      throw new IllegalArgumentException("writes at once must be 1..256, was " + writesAtOnce);
    }
  }

  /// The time between two writes in the long run; `Long.MAX_VALUE` if there are none.
  long writeEveryNanos() {
    double nanos = 1e9 / writesPerSecond;
    return nanos < Long.MAX_VALUE ? Math.max(1, (long) nanos) : Long.MAX_VALUE;
  }
}
