package io.plantbus.app.live;

/// How a piece of text looks in a terminal. Colour only repeats what the words say.
enum Ink {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  GOOD("32"),
  WARN("33"),
  BAD("1;31"),
  HEAD("1;36");

  private final String sgr;

  Ink(String sgr) {
    this.sgr = sgr;
  }

  /// The text in this look, or as it is without colour.
  String on(String text, boolean colour) {
    return !colour || sgr.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + sgr + "m" + text + "\u001b[0m";
  }
}
