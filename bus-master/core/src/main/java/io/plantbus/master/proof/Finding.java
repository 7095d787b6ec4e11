package io.plantbus.master.proof;

import java.util.List;

/// Something that a person should know about a plan.
///
/// @param kind what it is about
/// @param device whose, empty if it is about a whole line
/// @param tags about which tags, the first that are to be looked at; may be empty
/// @param message what is so, a sentence without a full stop
public record Finding(Kind kind, String device, List<String> tags, String message) {
  /// What a finding is about.
  public enum Kind {
    /// More is asked for than the line can do.
    OVERLOADED,
    /// Polls may end after they are due again.
    LATE,
    /// A period is shorter than its own transaction.
    PERIOD_TOO_SHORT,
    /// The longest answer of a device is on the wire for longer than the time-out.
    ANSWER_BEYOND_TIMEOUT,
    /// A value counts as old before it is sure to be read again.
    STALE_TOO_SOON,
    /// The background gets less than it asks for.
    BACKGROUND_STARVES,
    /// Deadlines are missed while a device is silent.
    LATE_BESIDE_SILENT,
    /// The line is so full that silent devices have no share to take.
    NO_ROOM_FOR_SILENT,
    /// Two tags read the same registers in two ways.
    OVERLAP,
    /// No request can bring a tag.
    UNREADABLE,
    /// A device gives so little at once that it takes many requests.
    NARROW_DEVICE,
    /// A device may take longer than the time-out.
    SLOWER_THAN_TIMEOUT,
    /// A device was seen to take longer than is stated.
    SLOWER_THAN_STATED,
    /// Nothing is proven of this kind of line.
    NOT_PROVEN
  }

  public Finding {
    tags = List.copyOf(tags);
  }

  /// Whether the plan must be changed.
  public boolean isRejection() {
    return switch (kind) {
      case OVERLOADED, LATE, PERIOD_TOO_SHORT, ANSWER_BEYOND_TIMEOUT -> true;
      case STALE_TOO_SOON,
          BACKGROUND_STARVES,
          LATE_BESIDE_SILENT,
          NO_ROOM_FOR_SILENT,
          OVERLAP,
          UNREADABLE,
          NARROW_DEVICE,
          SLOWER_THAN_TIMEOUT,
          SLOWER_THAN_STATED,
          NOT_PROVEN ->
          false;
    };
  }
}
