package io.plantbus.master.proof;

/// What a proof says of a line.
public enum Verdict {
  /// Every poll ends before it is due again.
  WORKS,
  /// Nothing is proven of this kind of line.
  NOT_PROVEN,
  /// A poll that is not of the background may end too late.
  LATE,
  /// More is asked for than the line can do.
  OVERLOADED;

  /// Whether the plan must be changed.
  public boolean isRejected() {
    return switch (this) {
      case WORKS, NOT_PROVEN -> false;
      case LATE, OVERLOADED -> true;
    };
  }
}
