package io.plantbus.master.trace;

/// What a piece of a line's history is.
public enum ChunkKind {
  /// Bytes written to the line.
  SENT(0),
  /// Bytes read from the line.
  RECEIVED(1),
  /// The port was opened; without bytes.
  OPENED(2),
  /// The port was lost or closed; without bytes.
  LOST(3);

  private static final ChunkKind[] ALL = values();

  private final int code;

  ChunkKind(int code) {
    this.code = code;
  }

  /// Its place in the order above, as the ring holds it.
  int code() {
    return code;
  }

  static ChunkKind of(int code) {
    return ALL[code];
  }
}
