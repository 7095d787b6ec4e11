package io.plantbus.protocols.modbus.trace;

import io.plantbus.protocols.modbus.ExceptionCode;
import java.util.Locale;

/// What a protocol data unit says, in words: function, addresses counted from 0, registers in
/// hexadecimal, bits as 0 and 1 in the order of their addresses (AP 6).
final class PduText {
  private static final int MOST_ELEMENTS = 16;

  private PduText() {}

  /// What a request asks for, such as `read holding 100 x 4`.
  static void request(StringBuilder to, byte[] pdu, int length) {
    int expected = PduShape.request(pdu, 0, length);
    if (expected > 0 && expected != length) {
      other(to, pdu, length);
      return;
    }
    switch (pdu[0]) {
      case 1 -> span(to.append("read coil "), pdu, 1);
      case 2 -> span(to.append("read discrete "), pdu, 1);
      case 3 -> span(to.append("read holding "), pdu, 1);
      case 4 -> span(to.append("read input "), pdu, 1);
      case 5 ->
          to.append("write coil ")
              .append(word(pdu, 1))
              .append(pdu[3] == (byte) 0xFF ? " = on" : pdu[3] == 0 ? " = off" : " = neither");
      case 6 -> registers(to.append("write holding ").append(word(pdu, 1)).append(" ="), pdu, 3, 1);
      case 7 -> to.append("read exception status");
      case 8 -> registers(to.append("diagnostics"), pdu, 1, 2);
      case 11 -> to.append("read event counter");
      case 12 -> to.append("read event log");
      case 15 -> {
        span(to.append("write coil "), pdu, 1);
        bits(to.append(" = "), pdu, 6, Math.min(word(pdu, 3), 8 * (length - 6)));
      }
      case 16 -> {
        span(to.append("write holding "), pdu, 1);
        registers(to.append(" ="), pdu, 6, (length - 6) / 2);
      }
      case 17 -> to.append("report server id");
      case 20 -> bytes(to.append("read file records "), pdu, 2, length - 2);
      case 21 -> bytes(to.append("write file records "), pdu, 2, length - 2);
      case 22 -> {
        registers(to.append("mask holding ").append(word(pdu, 1)).append(" and"), pdu, 3, 1);
        registers(to.append(" or"), pdu, 5, 1);
      }
      case 23 -> {
        span(to.append("write holding "), pdu, 5);
        registers(to.append(" ="), pdu, 10, (length - 10) / 2);
        span(to.append(", read "), pdu, 1);
      }
      case 24 -> to.append("read fifo ").append(word(pdu, 1));
      case 43 -> {
        if (length == 4 && pdu[1] == 14) {
          to.append("read identification ").append(pdu[2] & 0xFF).append(" from object ");
          to.append(pdu[3] & 0xFF);
        } else {
          other(to, pdu, length);
        }
      }
      default -> other(to, pdu, length);
    }
  }

  /// What an answer brings, such as `0001 0002`, `done` or `refused 02 illegal data address`.
  ///
  /// @param request the protocol data unit that it answers
  /// @param requestLength bytes of that; 0 if it is not known
  static void response(
      StringBuilder to, byte[] pdu, int length, byte[] request, int requestLength) {
    if (pdu[0] < 0) {
      refusal(to, pdu, length);
      return;
    }
    int expected = PduShape.response(pdu, 0, length);
    if (expected > 0 && expected != length) {
      other(to, pdu, length);
      return;
    }
    switch (pdu[0]) {
      case 1, 2 -> {
        int most = 8 * (length - 2);
        bits(to, pdu, 2, requestLength >= 5 ? Math.min(most, word(request, 3)) : most);
      }
      case 3, 4, 23 -> registers(to, pdu, 2, (length - 2) / 2);
      case 5, 6, 15, 16, 22 -> to.append("done");
      case 8 -> registers(to, pdu, 1, 2);
      case 24 -> registers(to, pdu, 5, (length - 5) / 2);
      default -> bytes(to, pdu, 1, length - 1);
    }
  }

  private static void refusal(StringBuilder to, byte[] pdu, int length) {
    to.append("refused");
    if (length > 1) {
      ExceptionCode code = ExceptionCode.of(pdu[1] & 0xFF);
      hex(to.append(' '), pdu[1]);
      to.append(' ')
          .append(
              code == null
                  ? "(not in the specification)"
                  : code.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
  }

  private static void other(StringBuilder to, byte[] pdu, int length) {
    to.append("function ").append(pdu[0] & 0xFF);
    if (length > 1) {
      bytes(to.append(": "), pdu, 1, length - 1);
    }
  }

  private static void span(StringBuilder to, byte[] pdu, int at) {
    to.append(word(pdu, at)).append(" x ").append(word(pdu, at + 2));
  }

  private static void registers(StringBuilder to, byte[] pdu, int at, int count) {
    int shown = Math.min(count, MOST_ELEMENTS);
    for (int i = 0; i < shown; i++) {
      if (!to.isEmpty() && to.charAt(to.length() - 1) != ' ') {
        to.append(' ');
      }
      hex(to, pdu[at + 2 * i]);
      hex(to, pdu[at + 2 * i + 1]);
    }
    rest(to, count, shown, " registers");
  }

  private static void bits(StringBuilder to, byte[] pdu, int at, int count) {
    int shown = Math.min(count, 4 * MOST_ELEMENTS);
    for (int i = 0; i < shown; i++) {
      if (i > 0 && i % 8 == 0) {
        to.append(' ');
      }
      to.append((pdu[at + i / 8] >> i % 8 & 1) == 0 ? '0' : '1');
    }
    rest(to, count, shown, " bits");
  }

  /// Bytes in hexadecimal, the first of many.
  static void bytes(StringBuilder to, byte[] from, int at, int count) {
    int shown = Math.min(count, 2 * MOST_ELEMENTS);
    for (int i = 0; i < shown; i++) {
      if (i > 0) {
        to.append(' ');
      }
      hex(to, from[at + i]);
    }
    rest(to, count, shown, " bytes");
  }

  private static void rest(StringBuilder to, int count, int shown, String what) {
    if (shown < count) {
      to.append(" … ").append(count).append(what);
    }
  }

  static void hex(StringBuilder to, byte value) {
    to.append(Character.forDigit(value >> 4 & 15, 16)).append(Character.forDigit(value & 15, 16));
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
