package io.plantbus.protocols.modbus;

import java.util.Arrays;

/// The first bytes of a request's wire form, or all of them where the response depends on all: a
/// server keeps it to write the answer, a client to check it.
///
/// Mutable and reused; owned by one thread.
public final class RequestHead {
  /// Bytes of most protocol data units that are kept: function code and three words.
  public static final int BYTES = 7;

  /// The answer of a length of [#responseLength()] that the function does not tell.
  public static final int UNKNOWN = -1;

  private static final int QUANTITY_AT = 3;

  private final UserFunctions functions;
  private final byte[] bytes = new byte[RequestEncoder.MAX_PDU_BYTES];
  private int length;
  private boolean raw;

  /// Keeps heads of the specification's requests.
  public RequestHead() {
    this(UserFunctions.NONE);
  }

  /// Keeps heads of any requests.
  ///
  /// @param functions those that are known besides the specification's
  public RequestHead(UserFunctions functions) {
    this.functions = functions;
  }

  /// Keeps the head of a request.
  ///
  /// @param pduLength bytes of the protocol data unit, 1..253
  public void set(byte[] pdu, int offset, int pduLength) {
    raw = false;
    length = keepsWhole(pdu[offset]) ? pduLength : Math.min(pduLength, BYTES);
    System.arraycopy(pdu, offset, bytes, 0, length);
    if (length < BYTES) {
      Arrays.fill(bytes, length, BYTES, (byte) 0);
    }
  }

  /// Keeps the head of a request that is at hand as such: any answer will do for a raw one.
  ///
  /// @param pduLength bytes of its protocol data unit, 1..253
  public void set(Request request, byte[] pdu, int offset, int pduLength) {
    set(pdu, offset, pduLength);
    raw = request instanceof Request.Raw;
  }

  /// Keeps the same head as another.
  public void set(RequestHead other) {
    raw = other.raw;
    length = other.length;
    System.arraycopy(other.bytes, 0, bytes, 0, Math.max(length, BYTES));
  }

  private static boolean keepsWhole(int function) {
    return function == 8 || function == 20 || function == 21;
  }

  /// The function code as received, 0..255.
  public int function() {
    return bytes[0] & 0xFF;
  }

  /// Whether every answer that bears the function code is one, see [Request.Raw].
  public boolean isRaw() {
    return raw;
  }

  /// How many elements a read asks for or a multiple write brings, 0..65535; meaningless for other
  /// functions.
  public int quantity() {
    return (bytes[QUANTITY_AT] & 0xFF) << 8 | (bytes[QUANTITY_AT + 1] & 0xFF);
  }

  /// Whether its ordinary response brings registers.
  public boolean asksForRegisters() {
    int function = function();
    return function == 3 || function == 4 || function == 23;
  }

  /// Whether its ordinary response brings bits.
  public boolean asksForBits() {
    return function() == 1 || function() == 2;
  }

  /// Whether its ordinary response is the beginning of the request again, or all of it.
  public boolean asksForEcho() {
    return switch (function()) {
      case 5, 6, 15, 16, 21, 22 -> true;
      default -> false;
    };
  }

  /// Whether it is of function code 8 and brings a sub-function that the specification knows.
  public boolean hasSubFunction() {
    return function() == 8
        && length >= 3
        && SubFunction.of(ServiceRequestCodec.word(bytes, 1)) != null;
  }

  /// The sub-function of function code 8.
  ///
  /// @throws IllegalStateException if it is another function, or a reserved sub-function
  SubFunction subFunction() {
    SubFunction known = function() == 8 ? SubFunction.of(ServiceRequestCodec.word(bytes, 1)) : null;
    if (known == null) {
      throw new IllegalStateException("a request of function " + function() + " has none");
    }
    return known;
  }

  /// Length of the protocol data unit of its ordinary response, 2..253, or [#UNKNOWN] if only the
  /// response tells.
  public int responseLength() {
    return switch (function()) {
      case 1, 2 -> 2 + BitBlock.bytesFor(quantity());
      case 3, 4, 23 -> 2 + 2 * quantity();
      case 5, 6, 11, 15, 16 -> 5;
      case 7 -> 2;
      case 8, 21 -> length;
      case 20 -> {
        int answer = AnswerShape.filesLength(bytes, length);
        yield answer <= RequestEncoder.MAX_PDU_BYTES ? answer : UNKNOWN;
      }
      case 22 -> 7;
      default -> UNKNOWN;
    };
  }

  /// Length of the protocol data unit of its ordinary response, by its first bytes where the
  /// request does not tell.
  ///
  /// @param available bytes of the response that are there, at least 1
  /// @return as [PduLength#atLeast] says, or [#UNKNOWN]: of a user-defined function that is not
  ///   known, or of bytes that are no response
  public int responseLength(byte[] pdu, int offset, int available) {
    int told = responseLength();
    if (told != UNKNOWN) {
      return told;
    }
    UserFunction function = functions.find(function());
    int least =
        function == null
            ? AnswerShape.atLeast(function(), pdu, offset, available)
            : function.response().atLeast(pdu, offset, available);
    return least >= 1 && least <= RequestEncoder.MAX_PDU_BYTES ? least : UNKNOWN;
  }

  /// Whether bytes are, as far as they go, an ordinary response to this request: the function code,
  /// and the byte count, the echo or whatever else the function repeats.
  ///
  /// @param available bytes that are there, 1..253
  public boolean isAnsweredBy(byte[] pdu, int offset, int available) {
    if (pdu[offset] != bytes[0]) {
      return false;
    }
    if (asksForBits() || asksForRegisters()) {
      return available < 2 || (pdu[offset + 1] & 0xFF) == responseLength() - 2;
    }
    if (asksForEcho()) {
      int echoed = Math.min(available, responseLength());
      return Arrays.equals(pdu, offset, offset + echoed, bytes, 0, echoed);
    }
    return AnswerShape.fits(bytes, length, pdu, offset, available);
  }

  /// Whether bytes are an ordinary response to this request, whole and nothing but that.
  ///
  /// @param pduLength bytes of the protocol data unit, 1..253
  public boolean isAnsweredWhollyBy(byte[] pdu, int offset, int pduLength) {
    if (raw) {
      return pdu[offset] == bytes[0];
    }
    if (!isAnsweredBy(pdu, offset, pduLength)) {
      return false;
    }
    boolean tells = UserFunction.isAssigned(function()) || functions.find(function()) != null;
    return !tells || responseLength(pdu, offset, pduLength) == pduLength;
  }

  /// Writes the leading bytes, as an echo.
  ///
  /// @param count bytes, no more than are kept
  public void copyTo(byte[] into, int at, int count) {
    System.arraycopy(bytes, 0, into, at, count);
  }
}
