package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import java.util.Arrays;

class ResponseDecoderFuzzTest {
  private static final int LONGEST = 2 * RequestEncoder.MAX_PDU_BYTES;

  private final ResponseDecoder decoder = new ResponseDecoder();
  private final RequestHead head = new RequestHead();

  /// The first byte tells how many of the others are the request.
  @Covers(Requirement.ANY_BYTES)
  @FuzzTest
  void anAnswerIsTakenOnlyIfItIsTheRequests(byte[] input) {
    if (input.length < 3 || input.length > LONGEST) {
      return;
    }
    int requestLength = 1 + (input[0] & 0xFF) % (input.length - 2);
    int responseAt = 1 + requestLength;
    int length = input.length - responseAt;
    head.set(input, 1, requestLength);
    switch (decoder.decode(head, input, responseAt, length)) {
      case Outcome.Answered(Response response) -> {
        assertEquals(input[1], input[responseAt]);
        if (RequestDecoder.decode(input, 1, requestLength) instanceof Decoded.WellFormed) {
          byte[] again = new byte[RequestEncoder.MAX_PDU_BYTES];
          assertEquals(length, ResponseEncoder.encode(head, response, again, 0));
          anyStatusButZeroIsBusy(response, input, responseAt);
          int compared = response instanceof Response.Bits ? length - 1 : length;
          assertTrue(Arrays.equals(again, 0, compared, input, responseAt, responseAt + compared));
        }
      }
      case Outcome.Refused(Response.Refusal refusal) -> {
        assertEquals(2, length);
        assertEquals((byte) (input[1] | 0x80), input[responseAt]);
        assertEquals(refusal.code(), input[responseAt + 1] & 0xFF);
      }
      case Outcome.Noise _ -> {}
      case Outcome.Silence _, Outcome.Aborted _, Outcome.Broadcast _ ->
          fail("a decoder has no such outcome");
    }
  }

  private static void anyStatusButZeroIsBusy(Response response, byte[] pdu, int offset) {
    switch (response) {
      case Response.CommEventCounter(boolean busy, _) when busy -> mark(pdu, offset + 1);
      case Response.CommEventLog(boolean busy, _, _, _) when busy -> mark(pdu, offset + 2);
      case Response _ -> {}
    }
  }

  private static void mark(byte[] pdu, int at) {
    assertTrue(pdu[at] != 0 || pdu[at + 1] != 0);
    Arrays.fill(pdu, at, at + 2, (byte) 0xFF);
  }
}
