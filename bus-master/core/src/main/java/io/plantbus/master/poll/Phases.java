package io.plantbus.master.poll;

import java.util.HashMap;
import java.util.Map;

/// Spreads the turns of polls that have the same period over that period, so that they are not all
/// due at once. However many there are, no two are closer than the half of what an even spread
/// would give, roughly: each takes the next multiple of the golden ratio. Owned by the thread of
/// its line.
public final class Phases {
  private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

  private final Map<Long, Integer> given = new HashMap<>();

  /// The phase of the next poll with a period.
  ///
  /// @param periodNanos positive
  /// @return 0 to `periodNanos`, without it
  public long next(long periodNanos) {
    int count = given.merge(periodNanos, 1, Integer::sum) - 1;
    double share = count * GOLDEN_RATIO % 1.0;
    return Math.min(periodNanos - 1, (long) (share * periodNanos));
  }
}
