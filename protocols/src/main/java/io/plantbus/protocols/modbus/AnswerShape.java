package io.plantbus.protocols.modbus;

import static io.plantbus.protocols.modbus.ServiceRequestCodec.word;

import java.util.Arrays;

/// What an ordinary response to a service looks like: how long it is by its own first bytes, and
/// whether it belongs to the request.
final class AnswerShape {
  private static final int INDIVIDUAL = Request.ReadDeviceIdentification.INDIVIDUAL;
  private static final int MOST_LOG_BYTES = 6 + Response.CommEventLog.MAX_EVENTS;
  private static final int MOST_FIFO_BYTES = 2 + 2 * Response.FifoQueue.MAX_REGISTERS;

  private AnswerShape() {}

  /// The length of a response that the request does not tell, by the rules of [PduLength]; 0 for
  /// functions whose responses do not tell it either.
  static int atLeast(int function, byte[] pdu, int offset, int available) {
    return switch (function) {
      case 12, 17 -> available < 2 ? 2 : 2 + (pdu[offset + 1] & 0xFF);
      case 24 -> available < 3 ? 3 : 3 + word(pdu, offset + 1);
      case 43 -> identification(pdu, offset, available);
      default -> 0;
    };
  }

  private static int identification(byte[] pdu, int offset, int available) {
    int length = 7;
    int objects = available < length ? 0 : pdu[offset + 6] & 0xFF;
    for (; objects > 0; objects--) {
      length += 2;
      if (available < length) {
        return length;
      }
      length += pdu[offset + length - 1] & 0xFF;
    }
    return length;
  }

  /// Whether bytes are, as far as they go, an ordinary response to a request.
  ///
  /// @param request the leading bytes of the request; all of it for functions 8, 20 and 21
  /// @param length bytes of the request that are there
  /// @param available bytes of the response that are there, at least 1, the function code checked
  static boolean fits(byte[] request, int length, byte[] pdu, int offset, int available) {
    return switch (request[0]) {
      case 8 -> {
        SubFunction subFunction = SubFunction.of(word(request, 1));
        boolean word = subFunction != null && subFunction.returnsWord();
        int echoed = Math.min(available, word ? 3 : length);
        yield Arrays.equals(pdu, offset, offset + echoed, request, 0, echoed);
      }
      case 12 -> available < 2 || isWithin(pdu[offset + 1] & 0xFF, 6, MOST_LOG_BYTES);
      case 17 -> available < 2 || pdu[offset + 1] != 0;
      case 20 -> files(request, length, pdu, offset, available);
      case 24 -> queue(pdu, offset, available);
      case 43 -> identification(request, pdu, offset, available);
      default -> true;
    };
  }

  /// The length of the answer to a request for file records, more than 253 if it cannot be.
  static int filesLength(byte[] request, int length) {
    int answer = 2;
    for (int at = 2; at + 7 <= length; at += 7) {
      answer += 2 + 2 * word(request, at + 5);
    }
    return answer;
  }

  private static boolean files(byte[] request, int length, byte[] pdu, int offset, int available) {
    if (available > 1 && (pdu[offset + 1] & 0xFF) != filesLength(request, length) - 2) {
      return false;
    }
    int group = 2;
    for (int at = 2; at + 7 <= length; at += 7) {
      int bytes = 1 + 2 * word(request, at + 5);
      if ((available > group && (pdu[offset + group] & 0xFF) != bytes)
          || (available > group + 1 && pdu[offset + group + 1] != FileSpan.REFERENCE_TYPE)) {
        return false;
      }
      group += 1 + bytes;
    }
    return true;
  }

  private static boolean queue(byte[] pdu, int offset, int available) {
    if (available < 3) {
      return true;
    }
    int bytes = word(pdu, offset + 1);
    return (bytes & 1) == 0
        && isWithin(bytes, 2, MOST_FIFO_BYTES)
        && (available < 5 || word(pdu, offset + 3) == bytes / 2 - 1);
  }

  private static boolean identification(byte[] request, byte[] pdu, int offset, int available) {
    int echoed = Math.min(available, 3);
    if (!Arrays.equals(pdu, offset, offset + echoed, request, 0, echoed)) {
      return false;
    }
    if ((available >= 2 && pdu[offset + 1] != ServiceRequestCodec.MEI_READ_DEVICE_ID)
        || (available >= 3 && !isWithin(pdu[offset + 2], 1, INDIVIDUAL))) {
      return false;
    }
    boolean individual = request[2] == INDIVIDUAL;
    return (available < 5 || pdu[offset + 4] == 0 || (!individual && pdu[offset + 4] == -1))
        && (available < 7 || !individual || pdu[offset + 6] == 1)
        && (available < 8 || !individual || pdu[offset + 7] == request[3]);
  }

  private static boolean isWithin(int value, int least, int most) {
    return value >= least && value <= most;
  }
}
