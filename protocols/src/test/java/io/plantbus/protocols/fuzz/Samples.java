package io.plantbus.protocols.fuzz;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.Wire;
import java.util.SplittableRandom;

/// Valid requests and answers that scripts name by one byte.
final class Samples {
  private static final int REQUEST_COUNT = 256;
  private static final int RESPONSE_COUNT = 8;
  private static final Request[] REQUESTS = new Request[REQUEST_COUNT];
  private static final Response[][] RESPONSES = new Response[REQUEST_COUNT][RESPONSE_COUNT];

  static {
    for (int i = 0; i < REQUESTS.length; i++) {
      REQUESTS[i] = Wire.anyRequest(new SplittableRandom(i));
      for (int j = 0; j < RESPONSE_COUNT; j++) {
        RESPONSES[i][j] = Wire.anyResponse(new SplittableRandom(j), REQUESTS[i]);
      }
    }
  }

  private Samples() {}

  /// One of 256 requests of all functions.
  static Request request(int number) {
    return REQUESTS[number & 0xFF];
  }

  /// A response that fits one of the requests, one of eight.
  static Response response(int request, int number) {
    return RESPONSES[request & 0xFF][number % RESPONSE_COUNT];
  }

  /// A response that fits any request.
  static Response response(Request request, int number) {
    return Wire.anyResponse(new SplittableRandom(number), request);
  }

  /// Writes a request.
  ///
  /// @return bytes of its protocol data unit
  static int put(Request request, byte[] into, int at) {
    return RequestEncoder.encode(request, into, at);
  }

  /// Writes the response to a request.
  ///
  /// @return bytes of its protocol data unit
  static int put(Request request, Response response, byte[] into, int at) {
    return ResponseEncoder.encode(head(request), response, into, at);
  }

  /// The same request, independent of the buffer it was read from.
  static Request copy(Request request) {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    int length = put(request, pdu, 0);
    if (RequestDecoder.decode(pdu, 0, length) instanceof Decoded.WellFormed(Request copied)) {
      return copied;
    }
    throw new AssertionError("what was written cannot be read: " + request);
  }

  /// What the response to a request depends on.
  static RequestHead head(Request request) {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    RequestHead head = new RequestHead();
    head.set(pdu, 0, put(request, pdu, 0));
    return head;
  }
}
