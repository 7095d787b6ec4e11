package io.plantbus.protocols.modbus.framing;

import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.UserFunctions;
import java.util.Arrays;

/// Finds requests in what a server hears on a serial line, its neighbours' answers included.
/// - By length first, checksum next: a frame ends where its function and byte count say. An answer
///   to a request for another unit is expected and skipped whole, so none of its bytes can pass for
///   a request.
/// - Where that fails, the frames of the burst are lost until the line falls silent. The burst is
///   then a frame if its checksum matches as a whole, whatever its function; else the request that
///   ends it, if one does: a client waits after its request, so nothing but silence follows one,
///   whereas bytes inside a spoilt frame that look like a request are followed by the rest of it.
///
/// Feed with [#store] and ask [#next] until false; call [#silence] when nothing came for a while.
/// Owned by one thread.
public final class RtuRequestDeframer {
  /// The longest frame (SL 2.5.1).
  public static final int MAX_FRAME_BYTES = 256;

  private static final int MIN_FRAME_BYTES = 4;
  private static final int AROUND_PDU = 1 + Crc16.BYTES;

  private final byte[] buffer = new byte[4 * MAX_FRAME_BYTES];
  private final UserFunctions functions;
  private final ExpectedAnswer expected;
  private int start;
  private int filled;
  private int frameLength;
  private int dropped;
  private boolean lost;
  private boolean spoilt;

  /// Makes a deframer that has heard nothing and knows the specification's functions.
  public RtuRequestDeframer() {
    this(UserFunctions.NONE);
  }

  /// Makes a deframer that has heard nothing.
  ///
  /// @param functions those that are known besides the specification's
  public RtuRequestDeframer(UserFunctions functions) {
    this.functions = functions;
    this.expected = new ExpectedAnswer(functions);
  }

  /// Takes bytes, as many as there is room for. Of a burst without end the newest are kept.
  ///
  /// @return how many were taken, at least 1 of 1
  public int store(byte[] bytes, int offset, int length) {
    if (filled == buffer.length) {
      // Room is made of what was dealt with first, so that what is kept does not depend on chunks.
      int from = start == 0 && lost ? filled - MAX_FRAME_BYTES : start;
      dropped += from - start;
      keepFrom(from);
    }
    int stored = Math.min(length, buffer.length - filled);
    System.arraycopy(bytes, offset, buffer, filled, stored);
    filled += stored;
    return stored;
  }

  private void keepFrom(int from) {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= from;
    start = 0;
  }

  /// Finds the next request by its length; the one found before is dropped.
  ///
  /// @return whether there is one, at [#offset()]
  public boolean next() {
    dropFrame();
    while (!lost && start < filled) {
      int available = filled - start;
      int answer = expected.frameLength(buffer, start, available);
      int request = requestLength(start);
      // The shorter first: as if the bytes came one by one.
      boolean answerFirst = answer > 0 && (request <= 0 || answer <= request);
      if (answerFirst && skipAnswer(answer)) {
        continue;
      }
      if (isFrame(start, request)) {
        found(start, request);
        return true;
      }
      if (!answerFirst && skipAnswer(answer)) {
        continue;
      }
      if (answer <= available && request != RequestDecoder.NEEDS_MORE && request <= available) {
        lost = true;
      }
      return false;
    }
    if (start == filled) {
      start = 0;
      filled = 0;
    }
    return false;
  }

  /// The line fell silent: whatever is here gets no longer.
  ///
  /// @return whether there is a request among it, at [#offset()]; what came before it is no frame
  public boolean silence() {
    dropFrame();
    int available = filled - start;
    if (spoilt) {
      return false;
    }
    if (available >= MIN_FRAME_BYTES && available <= MAX_FRAME_BYTES && isFrame(start, available)) {
      found(start, available);
      return true;
    }
    if (isEchoed(available / 2) && available % 2 == 0) {
      found(start, available / 2);
      return true;
    }
    for (int at = start + 1; at <= filled - MIN_FRAME_BYTES; at++) {
      if (requestLength(at) == filled - at && isFrame(at, filled - at)) {
        found(at, filled - at);
        return true;
      }
    }
    return false;
  }

  /// Whether the first half of what is here is a frame and the second half the same: data to be
  /// sent back, whose length nothing tells, and another unit's answer close behind it.
  private boolean isEchoed(int half) {
    return half >= MIN_FRAME_BYTES
        && requestLength(start) == RequestDecoder.UNKNOWN
        && isFrame(start, half)
        && Arrays.equals(buffer, start, start + half, buffer, start + half, start + 2 * half);
  }

  /// Forgets all bytes, as after a silence; the answer expected is still expected.
  public void clear() {
    start = 0;
    filled = 0;
    frameLength = 0;
    dropped = 0;
    lost = false;
    spoilt = false;
  }

  /// Forgets all bytes and the answer expected.
  public void reset() {
    clear();
    expected.clear();
  }

  /// The frame under way has a gap in it: nothing of it counts until the line falls silent.
  public void spoil() {
    lost = true;
    spoilt = true;
  }

  /// The request just found is for another unit, which will answer it.
  public void expectAnswer() {
    expected.expect(unit(), buffer, start + 1, pduLength());
  }

  /// Bytes since the last request or silence, those no longer kept and the request found included.
  public int buffered() {
    return dropped + filled - start;
  }

  /// The bytes; the request found starts at [#offset()] with its unit id.
  public byte[] bytes() {
    return buffer;
  }

  /// Where the request found starts.
  public int offset() {
    return start;
  }

  /// The unit that the request found is for, 0..255.
  public int unit() {
    return buffer[start] & 0xFF;
  }

  /// Bytes of the protocol data unit of the request found, from [#offset()] + 1 on: 1..253.
  public int pduLength() {
    return frameLength - AROUND_PDU;
  }

  private void found(int at, int length) {
    start = at;
    frameLength = length;
    dropped = 0;
    expected.clear();
  }

  private void dropFrame() {
    start += frameLength;
    frameLength = 0;
  }

  private boolean skipAnswer(int length) {
    if (!isFrame(start, length)) {
      return false;
    }
    start += length;
    expected.clear();
    return true;
  }

  private boolean isFrame(int at, int length) {
    return length > 0 && length <= filled - at && Crc16.isValid(buffer, at, length);
  }

  private int requestLength(int at) {
    int pdu = RequestDecoder.length(functions, buffer, at + 1, filled - at - 1);
    if (pdu <= 0) {
      return pdu;
    }
    int length = pdu + AROUND_PDU;
    return length <= MAX_FRAME_BYTES ? length : RequestDecoder.UNKNOWN;
  }
}
