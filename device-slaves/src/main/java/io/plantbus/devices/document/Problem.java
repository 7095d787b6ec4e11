package io.plantbus.devices.document;

/// One mistake in a document.
///
/// @param position where it stands
/// @param path the key it is about
/// @param message what is wrong
/// @param remedy what to write instead; may be empty
/// @param severity whether the document can be used nevertheless
public record Problem(
    Position position, KeyPath path, String message, String remedy, Severity severity) {

  /// How grave a problem is.
  public enum Severity {
    /// The document cannot be used.
    ERROR,
    /// The document can be used; a person should look at it.
    WARNING
  }

  /// Whether the document cannot be used.
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// One line for a user, such as `plant.yaml:12:7: lines.rs485.baud: 19201 is not a usable baud
  /// rate; write one of 9600, 19200`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(position.toString()).append(": ");
    if (severity == Severity.WARNING) {
      text.append("warning: ");
    }
    String keys = path.toString();
    if (!keys.isEmpty()) {
      text.append(keys).append(": ");
    }
    text.append(message);
    if (!remedy.isEmpty()) {
      text.append("; ").append(remedy);
    }
    return text.toString();
  }
}
