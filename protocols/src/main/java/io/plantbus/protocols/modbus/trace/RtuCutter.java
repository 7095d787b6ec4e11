package io.plantbus.protocols.modbus.trace;

import io.plantbus.protocols.modbus.framing.Crc16;

/// Cuts RTU frames: by the length that the function tells where the checksum confirms it, and by
/// silence where it does not (SL 2.5.1).
final class RtuCutter implements FrameCutter {
  private static final int MAX_FRAME_BYTES = 256;
  private static final int MIN_FRAME_BYTES = 4;
  private static final int AROUND_PDU = 1 + Crc16.BYTES;

  private final Channel channel;
  private final Cut cut;
  private final TracedFrame frame;
  private final byte[] buffer = new byte[2 * MAX_FRAME_BYTES];
  private int start;
  private int filled;
  private long startNanos;
  private long lastNanos;

  /// @param frame what pieces are told in
  RtuCutter(Channel channel, TracedFrame frame, Cut cut) {
    this.channel = channel;
    this.frame = frame;
    this.cut = cut;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, long nowNanos) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (filled == buffer.length) {
        flush();
      }
      if (filled == 0) {
        startNanos = nowNanos;
      }
      int stored = Math.min(end - at, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, stored);
      filled += stored;
      at += stored;
      lastNanos = nowNanos;
      cutWhole();
    }
  }

  private void cutWhole() {
    for (int length = wholeFrame(start); length > 0; length = wholeFrame(start)) {
      tell(length);
    }
    drop();
  }

  private void drop() {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    start = 0;
  }

  @Override
  public void flush() {
    while (start < filled) {
      int available = filled - start;
      int length = wholeFrame(start);
      if (length > 0) {
        tell(length);
      } else if (available <= MAX_FRAME_BYTES && isValid(start, available)) {
        tell(available);
      } else {
        int next = nextFrame();
        if (next == filled && isByLength(available)) {
          tellSpoilt(available);
        } else {
          tellGarbage(next - start);
        }
      }
    }
    drop();
  }

  /// Where after the current byte a frame begins; the end if none does.
  private int nextFrame() {
    for (int at = start + 1; at <= filled - MIN_FRAME_BYTES; at++) {
      if (wholeFrame(at) > 0) {
        return at;
      }
    }
    return filled;
  }

  private boolean isByLength(int available) {
    return (channel != Channel.FROM_SERVER && requestLength(start) == available)
        || (channel != Channel.FROM_CLIENT && responseLength(start) == available);
  }

  /// Length of the frame at `at` if it is there as a whole, else 0.
  private int wholeFrame(int at) {
    if (channel != Channel.FROM_CLIENT && isValid(at, responseLength(at))) {
      return responseLength(at);
    }
    if (channel != Channel.FROM_SERVER && isValid(at, requestLength(at))) {
      return requestLength(at);
    }
    return 0;
  }

  private boolean isValid(int at, int length) {
    return length >= MIN_FRAME_BYTES
        && length <= MAX_FRAME_BYTES
        && length <= filled - at
        && Crc16.isValid(buffer, at, length);
  }

  private int requestLength(int at) {
    int pdu = PduShape.request(buffer, at + 1, filled - at - 1);
    return pdu > 0 ? pdu + AROUND_PDU : 0;
  }

  private int responseLength(int at) {
    int pdu = PduShape.response(buffer, at + 1, filled - at - 1);
    return pdu > 0 ? pdu + AROUND_PDU : 0;
  }

  private void tell(int length) {
    int unit = buffer[start] & 0xFF;
    frame.set(buffer, start, length, unit, buffer, start + 1, length - AROUND_PDU);
    tellFrame(length);
  }

  private void tellSpoilt(int length) {
    int unit = buffer[start] & 0xFF;
    frame.set(buffer, start, length, unit, buffer, start + 1, length - AROUND_PDU);
    frame.verdict = Verdict.CHECKSUM_WRONG;
    tellFrame(length);
  }

  private void tellGarbage(int length) {
    frame.setGarbage(buffer, start, length);
    tellFrame(length);
  }

  private void tellFrame(int length) {
    frame.startNanos = startNanos;
    frame.endNanos = lastNanos;
    start += length;
    startNanos = lastNanos;
    cut.cut(frame);
  }

  @Override
  public long unfinishedSinceNanos() {
    return filled == 0 ? Long.MAX_VALUE : lastNanos;
  }
}
