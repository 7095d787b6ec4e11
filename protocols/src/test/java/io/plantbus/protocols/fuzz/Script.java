package io.plantbus.protocols.fuzz;

/// A fuzzer's bytes, read as numbers and blocks; zeros once they are used up.
final class Script {
  private final byte[] bytes;
  private int at;

  Script(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Whether a script is played once more with its bytes delivered one by one, which takes several
  /// times as long: one in eight, and one in four of the long lives.
  static boolean isPlayedTwice(byte[] bytes) {
    return bytes.length > 0 && (bytes[0] & 7) == 4;
  }

  /// Whether a life is one of the few that fill every buffer; takes the first byte.
  boolean isLong() {
    return next() >= 0xFC;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  /// The next byte, 0..255.
  int next() {
    return at < bytes.length ? bytes[at++] & 0xFF : 0;
  }

  /// A number below `bound`.
  int next(int bound) {
    return next() % bound;
  }

  /// Copies the next bytes, as many as there are.
  ///
  /// @return how many
  int take(int most, byte[] into, int offset) {
    int taken = Math.min(most, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, taken);
    at += taken;
    return taken;
  }
}
