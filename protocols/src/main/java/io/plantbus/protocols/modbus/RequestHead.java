package io.plantbus.protocols.modbus;

import java.util.Arrays;

/// The first bytes of a request's wire form: all that its response depends on. A server keeps it to
/// write the answer, a client to check it.
///
/// Mutable and reused; owned by one thread.
public final class RequestHead {
  /// Bytes of the protocol data unit that are kept: function code and three words.
  public static final int BYTES = 7;

  /// The answer of a length of [#responseLength()] that the function does not tell.
  public static final int UNKNOWN = -1;

  private static final int QUANTITY_AT = 3;

  private final byte[] bytes = new byte[BYTES];

  /// Keeps the head of a request.
  ///
  /// @param length bytes of the protocol data unit, 1..253
  public void set(byte[] pdu, int offset, int length) {
    int kept = Math.min(length, BYTES);
    System.arraycopy(pdu, offset, bytes, 0, kept);
    Arrays.fill(bytes, kept, BYTES, (byte) 0);
  }

  /// Keeps the same head as another.
  public void set(RequestHead other) {
    System.arraycopy(other.bytes, 0, bytes, 0, BYTES);
  }

  /// The function code as received, 0..255.
  public int function() {
    return bytes[0] & 0xFF;
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

  /// Length of the protocol data unit of its ordinary response, 2..253, or [#UNKNOWN].
  public int responseLength() {
    return switch (function()) {
      case 1, 2 -> 2 + BitBlock.bytesFor(quantity());
      case 3, 4, 23 -> 2 + 2 * quantity();
      case 5, 6, 15, 16 -> 5;
      case 22 -> 7;
      default -> UNKNOWN;
    };
  }

  /// Whether bytes are, as far as they go, an ordinary response to this request: the function code,
  /// and the byte count or the echo.
  ///
  /// @param available bytes that are there, 1..253
  public boolean isAnsweredBy(byte[] pdu, int offset, int available) {
    int length = responseLength();
    if (length == UNKNOWN || pdu[offset] != bytes[0]) {
      return false;
    }
    if (asksForBits() || asksForRegisters()) {
      return available < 2 || (pdu[offset + 1] & 0xFF) == length - 2;
    }
    int echoed = Math.min(available, length);
    return Arrays.equals(pdu, offset, offset + echoed, bytes, 0, echoed);
  }

  /// Writes the leading bytes, as an echo.
  ///
  /// @param length 1..[#BYTES]
  public void copyTo(byte[] into, int at, int length) {
    System.arraycopy(bytes, 0, into, at, length);
  }
}
