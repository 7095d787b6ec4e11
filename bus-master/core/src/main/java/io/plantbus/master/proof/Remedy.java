package io.plantbus.master.proof;

/// A change after which a line works, worked out for it.
///
/// @param kind what is changed
/// @param words what to do, beginning with a verb, without a full stop
public record Remedy(Kind kind, String words) {
  /// What is changed.
  public enum Kind {
    /// The speed of a serial line.
    BAUD,
    /// All periods.
    PERIODS,
    /// The periods of some tags.
    SOME_PERIODS,
    /// How much is asked of a device at once.
    LIMITS,
    /// How many lines there are.
    SPLIT,
    /// How many requests are under way at once.
    WINDOW,
    /// How long an answer is waited for.
    TIMEOUT,
    /// When a value counts as old.
    STALE
  }
}
