package io.plantbus.app.control;

/// A running plant cannot be reached or does not do what was asked: told in a sentence for a
/// person.
public final class ControlException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message what happened and what to do
  public ControlException(String message) {
    super(message);
  }
}
