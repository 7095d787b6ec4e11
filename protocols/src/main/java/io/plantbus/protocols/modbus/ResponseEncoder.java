package io.plantbus.protocols.modbus;

/// Writes responses as protocol data units (AP 6, 7). Allocates nothing.
public final class ResponseEncoder {
  private ResponseEncoder() {}

  /// Writes the response to a request.
  ///
  /// @param request the head of the request answered
  /// @param into with room for [RequestEncoder#MAX_PDU_BYTES] from `at` on
  /// @return bytes written, 2..252
  /// @throws IllegalArgumentException if the response is not of the kind or quantity that the
  ///   request asks for
  public static int encode(RequestHead request, Response response, byte[] into, int at) {
    int length = request.responseLength();
    switch (response) {
      case Response.Bits(BitBlock bits) -> {
        require(request.asksForBits() && bits.count() == request.quantity(), request, response);
        putHead(request, length, into, at);
        bits.copyTo(into, at + 2);
        return length;
      }
      case Response.Registers(RegisterBlock registers) -> {
        require(
            request.asksForRegisters() && registers.count() == request.quantity(),
            request,
            response);
        putHead(request, length, into, at);
        registers.copyTo(into, at + 2);
        return length;
      }
      case Response.Written _ -> {
        require(
            length > 0 && !request.asksForBits() && !request.asksForRegisters(), request, response);
        request.copyTo(into, at, length);
        return length;
      }
      case Response.Refusal(int code) -> {
        into[at] = (byte) (request.function() | 0x80);
        into[at + 1] = (byte) code;
        return 2;
      }
    }
  }

  private static void putHead(RequestHead request, int length, byte[] into, int at) {
    into[at] = (byte) request.function();
    into[at + 1] = (byte) (length - 2);
  }

  private static void require(boolean fits, RequestHead request, Response response) {
    if (!fits) {
      throw new IllegalArgumentException(
          "a request of function "
              + request.function()
              + " and quantity "
              + request.quantity()
              + " cannot be answered with "
              + response);
    }
  }
}
