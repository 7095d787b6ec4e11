package io.plantbus.protocols.modbus;

/// Writes responses as protocol data units (AP 6, 7). Allocates nothing.
public final class ResponseEncoder {
  private ResponseEncoder() {}

  /// Writes the response to a request.
  ///
  /// @param request the head of the request answered
  /// @param into with room for [RequestEncoder#MAX_PDU_BYTES] from `at` on
  /// @return bytes written, 1..253
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
        require(request.asksForEcho(), request, response);
        request.copyTo(into, at, length);
        return length;
      }
      case Response.Service service -> {
        int written = ServiceResponseCodec.encode(request.function(), service, into, at);
        require(isOfRequest(request, service, into, at, written), request, response);
        return written;
      }
      case Response.Refusal(int code) -> {
        into[at] = (byte) (request.function() | 0x80);
        into[at + 1] = (byte) code;
        return 2;
      }
    }
  }

  private static boolean isOfRequest(
      RequestHead request, Response.Service service, byte[] pdu, int at, int length) {
    boolean kind =
        switch (service) {
          case Response.ExceptionStatus _ -> request.function() == 7;
          case Response.Diagnostics _ -> request.function() == 8;
          case Response.CommEventCounter _ -> request.function() == 11;
          case Response.CommEventLog _ -> request.function() == 12;
          case Response.ServerId _ -> request.function() == 17;
          case Response.FileRecords _ -> request.function() == 20;
          case Response.FifoQueue _ -> request.function() == 24;
          case Response.DeviceIdentification _ -> request.function() == 43;
          case Response.UserDefined _ -> !UserFunction.isAssigned(request.function());
        };
    return kind && request.isAnsweredWhollyBy(pdu, at, length);
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
