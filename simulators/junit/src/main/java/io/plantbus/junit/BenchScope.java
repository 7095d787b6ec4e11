package io.plantbus.junit;

/// How long a bench lives.
public enum BenchScope {
  /// Each test has a bench of its own.
  METHOD,
  /// The tests of a class, those of its nested classes included, share one.
  CLASS
}
