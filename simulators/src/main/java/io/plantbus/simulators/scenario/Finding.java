package io.plantbus.simulators.scenario;

import java.util.List;

/// One line of a report.
///
/// @param step the number of its step, 1-based
/// @param kind what it is
/// @param what what was done or expected
/// @param place where it is written
/// @param beginNanos when it began, since the start of the scenario
/// @param endNanos when it was decided
/// @param result how it ended
/// @param seen what was found; why, if it was not met
/// @param evidence the last that happened on the lines concerned; empty unless it failed
public record Finding(
    int step,
    Kind kind,
    String what,
    String place,
    long beginNanos,
    long endNanos,
    Result result,
    String seen,
    List<String> evidence) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /// What a line of a report is about.
  public enum Kind {
    /// The condition on which a step begins.
    START,
    /// Something that was done.
    DEED,
    /// Something that was expected.
    EXPECTATION
  }

  /// How it ended.
  public enum Result {
    /// It was done.
    DONE,
    /// What was expected came.
    MET,
    /// It did not.
    FAILED,
    /// The scenario ended before.
    NOT_REACHED
  }

  /// Whether it is a verdict rather than a deed.
  public boolean isVerdict() {
    return kind != Kind.DEED;
  }
}
