package io.plantbus.simulators.scenario;

/// A condition and how long it has time, counted from the beginning of its step.
///
/// @param withinNanos by when it must hold; 0 for at once
/// @param lastingNanos how long it must go on to hold then; 0 if once is enough
/// @param isNever whether it must not hold at any time until `withinNanos`
/// @param place where it is written, such as `acceptance.yaml:14`
public record Expectation(
    Condition condition, long withinNanos, long lastingNanos, boolean isNever, String place) {
  public Expectation {
    if (withinNanos < 0 || lastingNanos < 0 || (isNever && lastingNanos > 0)) {
      throw new IllegalArgumentException("times are 0 or more, and 'never' stands alone");
    }
  }

  /// When it is decided at the latest, since the beginning of its step.
  public long longestNanos() {
    return withinNanos + lastingNanos;
  }

  @Override
  public String toString() {
    if (isNever) {
      return condition + ", never within " + Spans.text(withinNanos);
    }
    return condition
        + (withinNanos == 0 ? "" : " within " + Spans.text(withinNanos))
        + (lastingNanos == 0 ? "" : " for " + Spans.text(lastingNanos));
  }
}
