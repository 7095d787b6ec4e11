package io.plantbus.app.device;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request as a person spells it in bytes, and the answer in words as far as the specification
/// goes.
///
/// @param request what is sent
/// @param known what it says; null if it is no request of the specification
public record RawCall(Request.Raw request, @Nullable Request known) {
  /// Reads function code and data.
  ///
  /// @param function `3`, or `0x03` in hexadecimal
  /// @param words bytes in hexadecimal, in one word or several
  /// @throws IllegalArgumentException with what to write instead
  public static RawCall of(String function, List<String> words) {
    Request.Raw request = new Request.Raw(functionCode(function), data(words));
    byte[] pdu = pdu(request);
    return new RawCall(
        request,
        RequestDecoder.decode(pdu, 0, pdu.length) instanceof Decoded.WellFormed(Request known)
            ? known
            : null);
  }

  private static int functionCode(String word) {
    boolean hex = word.toLowerCase(Locale.ROOT).startsWith("0x");
    String digits = hex ? word.substring(2) : word;
    int code = digits.matches(hex ? "[0-9a-fA-F]{1,2}" : "[0-9]{1,3}") ? number(digits, hex) : 0;
    if (code < 1 || code > 127) {
      throw new IllegalArgumentException(
          "'" + word + "' is no function code: write 1..127, or 0x01..0x7f");
    }
    return code;
  }

  private static int number(String digits, boolean hex) {
    return Integer.parseInt(digits, hex ? 16 : 10);
  }

  private static ByteBlock data(List<String> words) {
    StringBuilder digits = new StringBuilder();
    for (String word : words) {
      String pairs = word.replaceFirst("^0[xX]", "");
      if (!pairs.matches("([0-9a-fA-F]{2})+")) {
        throw new IllegalArgumentException(
            "'" + word + "' are no bytes: write two hexadecimal digits for each, such as 00 64");
      }
      digits.append(pairs);
    }
    byte[] bytes = HexFormat.of().parseHex(digits);
    if (bytes.length >= RequestEncoder.MAX_PDU_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes do not fit one request: write at most %d"
              .formatted(bytes.length, RequestEncoder.MAX_PDU_BYTES - 1));
    }
    return ByteBlock.copyOf(bytes, 0, bytes.length);
  }

  private static byte[] pdu(Request.Raw request) {
    byte[] pdu = new byte[1 + request.data().length()];
    pdu[0] = (byte) request.functionCode();
    request.data().copyTo(pdu, 1);
    return pdu;
  }

  /// Whether it is of no use where nobody answers: what reads, of the functions that are known.
  public boolean needsAnswer() {
    return switch (request.functionCode()) {
      case 1, 2, 3, 4, 7, 11, 12, 17, 20, 23, 24, 43 -> true;
      default -> known != null && !known.isBroadcastable();
    };
  }

  /// Whether the specification's function writes something into the device.
  public boolean writes() {
    return switch (request.functionCode()) {
      case 5, 6, 15, 16, 21, 22, 23 -> true;
      default -> false;
    };
  }

  /// Whether the specification leaves the function to the device's maker.
  public boolean isOfMaker() {
    return !UserFunction.isAssigned(request.functionCode());
  }

  /// What an answer says by the specification.
  ///
  /// @param answer what came; anything but [Response.UserDefined] is returned as it is
  /// @return null if it does not fit the request, or the request is none of the specification's
  public @Nullable Response decoded(Response answer) {
    if (known == null || !(answer instanceof Response.UserDefined(ByteBlock data))) {
      return null;
    }
    byte[] asked = pdu(request);
    RequestHead head = new RequestHead();
    head.set(asked, 0, asked.length);
    byte[] pdu = new byte[1 + data.length()];
    pdu[0] = (byte) request.functionCode();
    data.copyTo(pdu, 1);
    return new ResponseDecoder().decode(head, pdu, 0, pdu.length)
            instanceof Outcome.Answered(Response response)
        ? response.copy()
        : null;
  }
}
