package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import java.util.Arrays;

class MbapDeframerFuzzTest {
  private static final int LONGEST = 1_024;

  /// The first byte tells how the others are chunked.
  @Covers(Requirement.LENGTH_FIELD_DELIMITS)
  @FuzzTest
  void unitsAreCutByTheirLengthFieldAlone(byte[] stream) {
    if (stream.length > LONGEST) {
      return;
    }
    MbapDeframer deframer = new MbapDeframer();
    int chunk = stream.length == 0 ? 1 : 1 + (stream[0] & 0xFF);
    int unitAt = 1;
    int at = 1;
    while (at < stream.length) {
      int given = Math.min(chunk, stream.length - at);
      int taken = deframer.take(stream, at, given);
      assertTrue(taken >= 0 && taken <= given);
      at += taken;
      assertEquals(at - unitAt, deframer.filled());
      boolean known = at - unitAt >= 6;
      int length = known ? word(stream, unitAt + 4) : 2;
      assertEquals(
          length < MbapHeader.MIN_LENGTH || length > MbapHeader.MAX_LENGTH, deframer.isBroken());
      if (deframer.isBroken()) {
        assertEquals(0, deframer.take(stream, at, stream.length - at));
        return;
      }
      assertEquals(known && at == unitAt + 6 + length, deframer.isComplete());
      if (deframer.isComplete()) {
        theUnitIs(stream, unitAt, length, deframer);
        deframer.next();
        unitAt = at;
      }
    }
  }

  private static void theUnitIs(byte[] stream, int at, int length, MbapDeframer deframer) {
    assertEquals(word(stream, at), deframer.transactionId());
    assertEquals(word(stream, at + 2), deframer.protocolId());
    assertEquals(stream[at + 6] & 0xFF, deframer.unit());
    assertEquals(length - 1, deframer.pduLength());
    assertTrue(Arrays.equals(stream, at, at + 6 + length, deframer.bytes(), 0, 6 + length));
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
