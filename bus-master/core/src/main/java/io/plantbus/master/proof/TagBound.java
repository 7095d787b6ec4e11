package io.plantbus.master.proof;

import io.plantbus.master.plant.TagSpec;

/// What is proven of one tag.
///
/// @param tag the tag
/// @param poll the read that brings it, which may come more often than the tag asks for
public record TagBound(TagSpec tag, PollBound poll) {
  /// The oldest that its value gets while every device answers; `Long.MAX_VALUE` without an end.
  public long ageNanos() {
    return poll.ageNanos();
  }

  /// The same while its own device answers and others are known to be silent.
  public long ageBesideSilentNanos() {
    return poll.ageBesideSilentNanos();
  }

  /// Whether its value may count as old although everything works.
  public boolean isStaleAtTimes() {
    return tag.staleAfterNanos() > 0 && ageNanos() > tag.staleAfterNanos();
  }
}
