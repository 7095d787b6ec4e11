package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.SubFunction;
import java.util.Arrays;

class RequestDecoderFuzzTest {
  private static final int BEFORE = 3;
  private static final int LONGEST = 300;

  @Covers(Requirement.ANY_BYTES)
  @FuzzTest
  void whatIsReadIsWhatStandsThere(byte[] input) {
    if (input.length == 0 || input.length > LONGEST) {
      return;
    }
    byte[] pdu = new byte[BEFORE + input.length];
    System.arraycopy(input, 0, pdu, BEFORE, input.length);
    int told = theLengthIsToldOnce(pdu, input.length);
    switch (RequestDecoder.decode(pdu, BEFORE, input.length)) {
      case Decoded.WellFormed(Request request) -> {
        byte[] again = new byte[RequestEncoder.MAX_PDU_BYTES];
        int length = RequestEncoder.encode(request, again, 0);
        assertEquals(input.length, length);
        assertEquals(tellsItsLength(request) ? length : RequestDecoder.UNKNOWN, told);
        assertEquals(input[0] & 0xFF, request.functionCode());
        assertArrayEquals(
            withoutPadding(request, input), withoutPadding(request, Arrays.copyOf(again, length)));
      }
      case Decoded.Malformed(ExceptionCode code) ->
          assertTrue(code.code() >= 1 && code.code() <= 3, code.toString());
    }
  }

  /// More bytes never change a length that was told.
  private static int theLengthIsToldOnce(byte[] pdu, int length) {
    int told = RequestDecoder.NEEDS_MORE;
    for (int available = 0; available <= length; available++) {
      int now = RequestDecoder.length(pdu, BEFORE, available);
      assertTrue(told == RequestDecoder.NEEDS_MORE || now == told);
      told = now;
    }
    return told;
  }

  private static boolean tellsItsLength(Request request) {
    return !(request instanceof Request.Diagnostics diagnosis)
        || diagnosis.subFunction() != SubFunction.RETURN_QUERY_DATA;
  }

  private static byte[] withoutPadding(Request request, byte[] pdu) {
    if (request instanceof Request.WriteMultipleCoils write && write.bits().count() % 8 != 0) {
      pdu[pdu.length - 1] &= (byte) ((1 << write.bits().count() % 8) - 1);
    }
    return pdu;
  }
}
