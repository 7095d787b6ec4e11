package io.plantbus.protocols.modbus.trace;

/// How long protocol data units are, by what they say of themselves (AP 6).
final class PduShape {
  /// More bytes are needed to tell.
  static final int NEEDS_MORE = 0;

  /// The function does not tell.
  static final int UNKNOWN = -1;

  private PduShape() {}

  /// Length of the request that the bytes begin.
  ///
  /// @param available bytes that are there, 0 or more
  static int request(byte[] pdu, int offset, int available) {
    if (available < 1) {
      return NEEDS_MORE;
    }
    return switch (pdu[offset]) {
      case 1, 2, 3, 4, 5, 6, 8 -> 5;
      case 7, 11, 12, 17 -> 1;
      case 15, 16 -> counted(pdu, offset, available, 5);
      case 20, 21 -> counted(pdu, offset, available, 1);
      case 22 -> 7;
      case 23 -> counted(pdu, offset, available, 9);
      case 24 -> 3;
      case 43 -> available < 2 ? NEEDS_MORE : pdu[offset + 1] == 14 ? 4 : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  /// Length of the response that the bytes begin.
  ///
  /// @param available bytes that are there, 0 or more
  static int response(byte[] pdu, int offset, int available) {
    if (available < 1) {
      return NEEDS_MORE;
    }
    if (pdu[offset] < 0) {
      return 2;
    }
    return switch (pdu[offset]) {
      case 1, 2, 3, 4, 12, 17, 20, 21, 23 -> counted(pdu, offset, available, 1);
      case 5, 6, 8, 11, 15, 16 -> 5;
      case 7 -> 2;
      case 22 -> 7;
      case 24 ->
          available < 3
              ? NEEDS_MORE
              : 3 + ((pdu[offset + 1] & 0xFF) << 8 | (pdu[offset + 2] & 0xFF));
      default -> UNKNOWN;
    };
  }

  private static int counted(byte[] pdu, int offset, int available, int countAt) {
    return available <= countAt ? NEEDS_MORE : countAt + 1 + (pdu[offset + countAt] & 0xFF);
  }
}
