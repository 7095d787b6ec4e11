package io.plantbus.app.soak.invariant;

/// An invariant that did not hold.
///
/// @param nanos virtual time
/// @param invariant which
/// @param what who and how, for a person
public record Violation(long nanos, Invariant invariant, String what) {
  @Override
  public String toString() {
    return "%d.%06d s: %s: %s"
        .formatted(nanos / 1_000_000_000, nanos / 1_000 % 1_000_000, invariant.words(), what);
  }
}
