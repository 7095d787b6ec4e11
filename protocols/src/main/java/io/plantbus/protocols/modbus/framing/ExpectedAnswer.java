package io.plantbus.protocols.modbus.framing;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.UserFunctions;

/// Recognises, by length first, the RTU frame that answers a request: a serial line's answer bears
/// no length of its own, but the request tells how long it must be (SL 2.5.1).
///
/// Mutable and reused; owned by one thread.
public final class ExpectedAnswer {
  /// Unit id and checksum around a protocol data unit.
  private static final int AROUND_PDU = 1 + Crc16.BYTES;

  private static final int MAX_FRAME_BYTES = 256;

  private static final int EXCEPTION_FRAME_BYTES = 2 + AROUND_PDU;

  private final RequestHead request;
  private int unit;
  private boolean pending;

  /// Expects nothing yet, and answers to the specification's functions later.
  public ExpectedAnswer() {
    this(UserFunctions.NONE);
  }

  /// Expects nothing yet.
  ///
  /// @param functions those that are known besides the specification's
  public ExpectedAnswer(UserFunctions functions) {
    request = new RequestHead(functions);
  }

  /// Expects the answer to a request.
  ///
  /// @param requestUnit 1..255
  /// @param length bytes of the request's protocol data unit
  public void expect(int requestUnit, byte[] pdu, int offset, int length) {
    unit = requestUnit;
    request.set(pdu, offset, length);
    pending = true;
  }

  /// Expects the answer to a request that is at hand as such.
  ///
  /// @param requestUnit 1..255
  /// @param length bytes of the request's protocol data unit
  public void expect(int requestUnit, Request asked, byte[] pdu, int offset, int length) {
    unit = requestUnit;
    request.set(asked, pdu, offset, length);
    pending = true;
  }

  /// Expects what another expects.
  public void expect(ExpectedAnswer other) {
    unit = other.unit;
    request.set(other.request);
    pending = other.pending;
  }

  /// Expects nothing any more.
  public void clear() {
    pending = false;
  }

  /// Whether an answer is expected.
  public boolean isPending() {
    return pending;
  }

  /// The unit that is to answer.
  public int unit() {
    return unit;
  }

  /// What it answers.
  public RequestHead request() {
    return request;
  }

  /// Whether the same frame could answer both.
  public boolean looksLike(ExpectedAnswer other) {
    return pending
        && other.pending
        && unit == other.unit
        && request.function() == other.request.function()
        && request.responseLength() == other.request.responseLength();
  }

  /// Length of the answering frame, checksum included, that the bytes can be the beginning of.
  ///
  /// @param available bytes that are there, at least 1
  /// @return 4..256; where that is more than `available`, the frame may be even longer; 0 if they
  ///   do not begin the answer
  public int frameLength(byte[] bytes, int offset, int available) {
    return frameLength(bytes, offset, available, false);
  }

  /// The same where it may be known that no more bytes come.
  ///
  /// @param last whether the answer to a raw request may also be shorter than its function says
  public int frameLength(byte[] bytes, int offset, int available, boolean last) {
    if (!pending || (bytes[offset] & 0xFF) != unit) {
      return 0;
    }
    if (available == 1) {
      return EXCEPTION_FRAME_BYTES;
    }
    if ((bytes[offset + 1] & 0xFF) == (request.function() | 0x80)) {
      return EXCEPTION_FRAME_BYTES;
    }
    if ((bytes[offset + 1] & 0xFF) != request.function()) {
      return 0;
    }
    int length = request.responseLength(bytes, offset + 1, available - 1);
    int told =
        length != RequestHead.UNKNOWN
                && request.isAnsweredBy(bytes, offset + 1, Math.min(available - 1, length))
            ? length + AROUND_PDU
            : 0;
    return request.isRaw() ? rawLength(bytes, offset, available, told, last) : told;
  }

  /// @param told what the function says, or 0
  private static int rawLength(byte[] bytes, int offset, int available, int told, boolean last) {
    if (told > available && !last) {
      return told;
    }
    if (told > 0 && told <= available && Crc16.isValid(bytes, offset, told)) {
      return told;
    }
    int most = Math.min(available, MAX_FRAME_BYTES);
    for (int length = 2 + Crc16.BYTES; length <= most; length++) {
      if (Crc16.isValid(bytes, offset, length)) {
        return length;
      }
    }
    return available < MAX_FRAME_BYTES ? available + 1 : 0;
  }
}
