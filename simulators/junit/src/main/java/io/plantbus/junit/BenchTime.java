package io.plantbus.junit;

/// What time physics, windows of faults and late answers of a bench go by. Answers over sockets and
/// serial lines come at once in both.
public enum BenchTime {
  /// A clock that stands until the test advances it: exact, and no waiting. The turnaround that a
  /// bench gives its slaves is left out.
  VIRTUAL,
  /// The clock on the wall.
  REAL
}
