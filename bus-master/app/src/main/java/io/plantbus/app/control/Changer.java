package io.plantbus.app.control;

import java.util.List;

/// Changes a running plant into another. Safe for use by any thread.
public interface Changer {
  /// What came of it.
  enum Kind {
    /// It can be applied.
    READY,
    /// It is right, but a line cannot keep every deadline; it can be applied nevertheless.
    REJECTED,
    /// Nothing is different.
    NOTHING,
    /// The plant file has mistakes.
    WRONG,
    /// It cannot be applied to this plant, or not any more.
    REFUSED,
    /// A port could not be opened; everything is as it was.
    FAILED,
    /// It was applied.
    DONE
  }

  /// An answer.
  ///
  /// @param digest of the file that the plan is about; empty if there is no plan
  /// @param rows what to show, none with a line break in it
  record Answer(Kind kind, String digest, List<String> rows) {
    public Answer {
      rows = List.copyOf(rows);
    }
  }

  /// Works out what applying another plant would do, and keeps that until the next such request.
  /// Nothing is changed.
  Answer plan(ChangeRequest request);

  /// Applies what the last plan said, if everything is as it was then.
  ///
  /// @param digest the plan's
  /// @param json whether the answer is wanted as a JSON object
  /// @param user who asks, as the system knows them; empty if it does not
  Answer apply(String digest, boolean json, String user);
}
