package io.plantbus.devices.document;

import org.jspecify.annotations.Nullable;

/// The keys that lead from the top of a document to a value, such as `lines.rs485.baud` or
/// `devices[2].name`.
///
/// @param parent what it stands in; null for the document itself
/// @param key the last key; empty for the document and for items of a list
/// @param index 0-based place in a list; -1 elsewhere
public record KeyPath(@Nullable KeyPath parent, String key, int index) {
  /// The document itself.
  public static final KeyPath ROOT = new KeyPath(null, "", -1);

  /// The value under a key.
  public KeyPath child(String name) {
    return new KeyPath(this, name, -1);
  }

  /// An item of a list.
  ///
  /// @param at 0-based
  public KeyPath item(int at) {
    return new KeyPath(this, "", at);
  }

  /// The dotted form; empty for the document. Keys that hold a dot, bracket or space are quoted.
  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    if (index >= 0) {
      return parent + "[" + index + "]";
    }
    String shown = key.matches("[^\\s.\\[\\]\"]+") ? key : "\"" + key + "\"";
    return parent.parent == null ? shown : parent + "." + shown;
  }
}
