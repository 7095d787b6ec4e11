package io.plantbus.master.proof.load;

import io.plantbus.master.plant.LineSpec;

/// What requests to silent devices take of a line at most, in any span of time: a burst, and from
/// then on their share.
///
/// Their bucket holds one time-out at most and lends one more, so two of them may follow each
/// other. A device that was known to answer until now is asked whatever the bucket holds; each such
/// device adds one time-out, once.
///
/// @param burstNanos at once
/// @param sharePpm millionths of the time
public record Suspects(long burstNanos, int sharePpm) {
  /// Every device answers.
  public static final Suspects NONE = new Suspects(0, 0);

  private static final int MILLION = 1_000_000;

  /// Devices that were silent before.
  ///
  /// @param timedOutNanos what one request without an answer takes
  public static Suspects known(LineSpec line, long timedOutNanos) {
    return new Suspects(2 * timedOutNanos, ppm(line));
  }

  /// Devices that fall silent all at once.
  public static Suspects sudden(LineSpec line, long timedOutNanos, int devices) {
    return new Suspects((devices + 1) * timedOutNanos, ppm(line));
  }

  private static int ppm(LineSpec line) {
    return (int) Math.ceil(line.isolation().suspectShare() * MILLION);
  }
}
