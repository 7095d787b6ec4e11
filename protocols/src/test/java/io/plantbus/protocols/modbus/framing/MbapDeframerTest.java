package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MbapDeframerTest {
  @Covers(Requirement.MBAP_FIELDS)
  @Test
  void theHeaderIsWrittenAndRead() {
    byte[] adu = Wire.tcp(0x1501, 0xFF, "04 00 08 00 01");
    assertArrayEquals(Wire.hex("15 01 00 00 00 06 ff 04 00 08 00 01"), adu);
    MbapDeframer deframer = new MbapDeframer();
    assertEquals(adu.length, deframer.take(adu, 0, adu.length));
    assertTrue(deframer.isComplete());
    assertEquals(0x1501, deframer.transactionId());
    assertEquals(0, deframer.protocolId());
    assertEquals(0xFF, deframer.unit());
    assertEquals(5, deframer.pduLength());
  }

  @Covers(Requirement.SEGMENTS)
  @Test
  void anySplitAndCoalescingGivesTheSameUnits() {
    SplittableRandom random = new SplittableRandom(6);
    byte[][] sent = new byte[50][];
    for (int i = 0; i < sent.length; i++) {
      byte[] pdu = new byte[random.nextInt(1, 254)];
      random.nextBytes(pdu);
      sent[i] = Wire.tcp(random.nextInt(65_536), random.nextInt(256), Wire.hex(pdu));
    }
    byte[] stream = Wire.join(sent);
    for (int run = 0; run < 50; run++) {
      MbapDeframer deframer = new MbapDeframer();
      List<byte[]> cut = new ArrayList<>();
      int at = 0;
      while (at < stream.length) {
        int chunk = Math.min(stream.length - at, random.nextInt(1, 20 * (run + 1)));
        int end = at + chunk;
        while (at < end) {
          at += deframer.take(stream, at, end - at);
          if (deframer.isComplete()) {
            cut.add(Arrays.copyOf(deframer.bytes(), deframer.filled()));
            deframer.next();
          }
        }
      }
      assertArrayEquals(sent, cut.toArray(byte[][]::new));
    }
  }

  @Covers(Requirement.IMPOSSIBLE_LENGTH)
  @ParameterizedTest
  @ValueSource(strings = {"00 00", "00 01", "00 ff", "01 00", "ff ff", "80 00"})
  void aLengthThatCannotBeBreaksTheFraming(String length) {
    byte[] header = Wire.hex("00 01 00 00 " + length + " 01 03");
    MbapDeframer deframer = new MbapDeframer();
    assertEquals(6, deframer.take(header, 0, header.length));
    assertTrue(deframer.isBroken());
    assertFalse(deframer.isComplete());
    assertEquals(0, deframer.take(header, 6, 2));
  }

  @Covers(Requirement.TCP_ADU_LENGTH)
  @ParameterizedTest
  @ValueSource(strings = {"00 02", "00 fe"})
  void theShortestAndTheLongestLengthAreFine(String length) {
    MbapDeframer deframer = new MbapDeframer();
    deframer.take(Wire.hex("00 01 00 00 " + length), 0, 6);
    assertFalse(deframer.isBroken());
    byte[] rest = new byte[300];
    int taken = deframer.take(rest, 0, rest.length);
    assertTrue(deframer.isComplete());
    assertEquals(deframer.pduLength() + 1, taken);
  }
}
