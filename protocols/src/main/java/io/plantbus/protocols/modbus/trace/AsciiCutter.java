package io.plantbus.protocols.modbus.trace;

/// Cuts ASCII frames: from `:` to CR LF, hexadecimal characters between them, the last two of which
/// are an LRC (SL 2.5.2).
final class AsciiCutter implements FrameCutter {
  private static final int MAX_CHARACTERS = 513;
  private static final int AROUND_PDU = 2;

  private final Cut cut;
  private final TracedFrame frame;
  private final byte[] characters = new byte[TracedFrame.KEPT_BYTES];
  private final byte[] decoded = new byte[TracedFrame.KEPT_BYTES / 2];
  private int filled;
  private boolean inFrame;
  private long startNanos;
  private long lastNanos;

  /// @param frame what pieces are told in
  AsciiCutter(TracedFrame frame, Cut cut) {
    this.frame = frame;
    this.cut = cut;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, long nowNanos) {
    for (int i = offset; i < offset + length; i++) {
      byte character = bytes[i];
      if (character == ':' || filled == characters.length) {
        flush();
        inFrame = character == ':';
      }
      if (filled == 0) {
        startNanos = nowNanos;
      }
      characters[filled++] = character;
      lastNanos = nowNanos;
      if (inFrame && character == '\n') {
        tell();
      }
    }
  }

  private void tell() {
    int length = decode();
    if (length < AROUND_PDU + 1) {
      flush();
      return;
    }
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += decoded[i];
    }
    frame.set(characters, 0, filled, decoded[0] & 0xFF, decoded, 1, length - AROUND_PDU);
    if ((sum & 0xFF) != 0) {
      frame.verdict = Verdict.CHECKSUM_WRONG;
    }
    tellFrame();
  }

  /// How many bytes the characters between the delimiters mean; 0 if they are no such characters.
  private int decode() {
    int digits = filled - 3;
    if (filled > MAX_CHARACTERS
        || digits < 0
        || digits % 2 != 0
        || characters[filled - 2] != '\r') {
      return 0;
    }
    for (int i = 0; i < digits / 2; i++) {
      int high = Character.digit(characters[1 + 2 * i], 16);
      int low = Character.digit(characters[2 + 2 * i], 16);
      if (high < 0 || low < 0) {
        return 0;
      }
      decoded[i] = (byte) (high << 4 | low);
    }
    return digits / 2;
  }

  private void tellFrame() {
    frame.startNanos = startNanos;
    frame.endNanos = lastNanos;
    filled = 0;
    inFrame = false;
    cut.cut(frame);
  }

  @Override
  public void flush() {
    if (filled > 0) {
      frame.setGarbage(characters, 0, filled);
      tellFrame();
    }
  }

  @Override
  public long unfinishedSinceNanos() {
    return filled == 0 ? Long.MAX_VALUE : lastNanos;
  }
}
