package io.plantbus.master.line;

/// How long one device takes to answer, and so how long it is worth waiting for it.
///
/// Measured is the turnaround, from the end of a request to the start of its answer. The wait is
/// four mean deviations above the mean, and half as long again as the slowest of the latest answers
/// at least. It doubles after each request without an answer, and is the line's own time-out as
/// long as nothing is known. A device that is down is given the line's own time-out at every other
/// probe.
///
/// Owned by the thread of its line. Times are nanoseconds.
public final class ResponseTime {
  private static final int ANSWERS_REMEMBERED = 64;
  private static final int GAIN = 8;
  private static final int DEVIATION_GAIN = 4;
  private static final int DEVIATIONS = 4;
  private static final int MOST_DOUBLINGS = 16;
  private static final int PROBES_TO_A_LONG_ONE = 4;

  private final long leastNanos;
  private final long ceilingNanos;
  private long meanNanos;
  private long deviationNanos;
  private long longestNanos;
  private long longestBeforeNanos;
  private int answers;
  private int silences;

  /// @param leastNanos the wait is never shorter
  /// @param ceilingNanos nor longer than this; not less than `leastNanos`
  public ResponseTime(long leastNanos, long ceilingNanos) {
    if (leastNanos < 0 || ceilingNanos < 1) {
      throw new IllegalArgumentException("a wait must be positive");
    }
    this.leastNanos = Math.min(leastNanos, ceilingNanos);
    this.ceilingNanos = ceilingNanos;
  }

  /// Starts with what is known from before.
  ///
  /// @param typicalNanos the mean turnaround; 0 if nothing is known
  /// @param slowestNanos the longest
  public void remember(long typicalNanos, long slowestNanos) {
    if (typicalNanos > 0) {
      meanNanos = typicalNanos;
      longestNanos = Math.max(typicalNanos, slowestNanos);
      longestBeforeNanos = longestNanos;
      deviationNanos = (longestNanos - meanNanos) / DEVIATIONS;
    }
  }

  /// An answer came.
  ///
  /// @param turnaroundNanos how long it took; below 0 counts as 0
  public void answered(long turnaroundNanos) {
    long sample = Math.max(1, turnaroundNanos);
    silences = 0;
    if (answers == 0 && meanNanos == 0) {
      meanNanos = sample;
      deviationNanos = sample / 2;
    } else {
      deviationNanos += (Math.abs(sample - meanNanos) - deviationNanos) / DEVIATION_GAIN;
      meanNanos += (sample - meanNanos) / GAIN;
    }
    if (++answers % ANSWERS_REMEMBERED == 0) {
      longestBeforeNanos = longestNanos;
      longestNanos = sample;
    } else {
      longestNanos = Math.max(longestNanos, sample);
    }
  }

  /// An answer came after its request had been given up: from now on it is waited for that long.
  public void answeredLate(long turnaroundNanos) {
    longestNanos = Math.max(longestNanos, turnaroundNanos);
    longestBeforeNanos = longestNanos;
  }

  /// No answer came in time.
  public void silent() {
    silences++;
  }

  /// How many answers were measured.
  public int answers() {
    return answers;
  }

  /// The mean turnaround; 0 before the first answer.
  public long typicalNanos() {
    return meanNanos;
  }

  /// The longest turnaround of the latest answers, 64 at least; 0 before the first.
  public long longestNanos() {
    return Math.max(longestNanos, longestBeforeNanos);
  }

  /// How long the start of an answer is waited for.
  ///
  /// @param down whether the device is down, and asked only whether it is back
  public long waitNanos(boolean down) {
    if (meanNanos == 0) {
      return ceilingNanos;
    }
    long usual = Math.max(meanNanos + DEVIATIONS * deviationNanos, longestNanos() * 3 / 2);
    long first = Math.clamp(usual, leastNanos, ceilingNanos);
    if (down) {
      return silences % PROBES_TO_A_LONG_ONE == 0
          ? ceilingNanos
          : Math.min(2 * first, ceilingNanos);
    }
    int doublings = Math.min(silences, MOST_DOUBLINGS);
    return first > ceilingNanos >> doublings ? ceilingNanos : first << doublings;
  }
}
