package io.plantbus.protocols.modbus.trace;

/// What is to be said of a frame that was heard.
public enum Verdict {
  /// A whole frame with a right checksum; an answer among these answers a request that was heard.
  VALID("valid"),
  /// A frame by its length, with a wrong checksum.
  CHECKSUM_WRONG("checksum wrong"),
  /// Bytes that make no frame.
  GARBAGE("no frame"),
  /// An answer to nothing that was asked.
  UNMATCHED("answers no request"),
  /// An answer whose request had run out of time.
  LATE("late");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /// For a person.
  public String words() {
    return words;
  }

  /// Whether unit and function of the frame mean anything.
  public boolean isFrame() {
    return this != GARBAGE;
  }
}
