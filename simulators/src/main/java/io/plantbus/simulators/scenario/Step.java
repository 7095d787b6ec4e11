package io.plantbus.simulators.scenario;

import java.util.List;

/// What is done at one time, and what is expected of it.
///
/// @param number 1-based
/// @param name what it is called
/// @param begin when it begins
/// @param deeds done one after the other at that time
/// @param expectations decided from then on
/// @param place where it is written, such as `acceptance.yaml:12`
public record Step(
    int number,
    String name,
    Begin begin,
    List<Deed> deeds,
    List<Expectation> expectations,
    String place) {
  public Step {
    deeds = List.copyOf(deeds);
    expectations = List.copyOf(expectations);
  }

  /// When a step begins; never before the one that stands before it.
  public sealed interface Begin {
    /// At a time since the start of the scenario.
    record At(long nanos) implements Begin {}

    /// So long after the beginning of the step before, or after the start.
    record After(long nanos) implements Begin {}

    /// As soon as everything expected by the step before is decided.
    record Settled() implements Begin {}

    /// As soon as a condition holds, asked from the beginning of the step before.
    ///
    /// @param withinNanos longest wait; the scenario ends if it holds never
    record When(Condition condition, long withinNanos) implements Begin {}
  }
}
