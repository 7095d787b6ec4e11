package io.plantbus.app.live;

/// How a piece of text looks in a terminal. Colour only repeats what the words say.
public enum Ink {
  /// As the terminal writes.
  PLAIN(""),
  /// What counts most.
  BOLD("1"),
  /// What counts least.
  DIM("2"),
  /// All is well.
  GOOD("32"),
  /// Worth a look.
  WARN("33"),
  /// Something failed.
  BAD("1;31"),
  /// A heading.
  HEAD("1;36");

  private final String sgr;

  Ink(String sgr) {
    this.sgr = sgr;
  }

  /// The text in this look, or as it is without colour.
  public String on(String text, boolean colour) {
    return !colour || sgr.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + sgr + "m" + text + "\u001b[0m";
  }
}
