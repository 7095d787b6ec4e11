package io.plantbus.protocols.modbus.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Wire;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Crc16Test {
  @Covers({Requirement.CRC_VECTORS, Requirement.RTU_FRAME})
  @Test
  void theExampleOfTheSpecificationHasItsChecksumLowByteFirst() {
    assertEquals(0x1241, Crc16.of(Wire.hex("02 07"), 0, 2));
    assertArrayEquals(Wire.hex("02 07 41 12"), Wire.rtu("02 07"));
    assertArrayEquals(Wire.hex("01 03 00 00 00 0a c5 cd"), Wire.rtu("01 03 00 00 00 0a"));
  }

  @Covers(Requirement.CRC_VECTORS)
  @Test
  void itIsTheRemainderComputedBitByBit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[random.nextInt(0, 260)];
      random.nextBytes(bytes);
      int offset = random.nextInt(bytes.length + 1);
      int length = random.nextInt(bytes.length - offset + 1);
      assertEquals(bitwise(bytes, offset, length), Crc16.of(bytes, offset, length));
    }
  }

  @Covers(Requirement.CRC_DETECTS_FLIPPED_BITS)
  @Test
  void aFrameWithOneOrTwoFlippedBitsIsNotValid() {
    byte[] frame = Wire.rtu("11 03 06 02 2b 00 00 00 64");
    assertTrue(Crc16.isValid(frame, 0, frame.length));
    for (int first = 0; first < frame.length * 8; first++) {
      frame[first >> 3] ^= (byte) (1 << (first & 7));
      assertFalse(Crc16.isValid(frame, 0, frame.length));
      for (int second = first + 1; second < frame.length * 8; second++) {
        frame[second >> 3] ^= (byte) (1 << (second & 7));
        assertFalse(Crc16.isValid(frame, 0, frame.length));
        frame[second >> 3] ^= (byte) (1 << (second & 7));
      }
      frame[first >> 3] ^= (byte) (1 << (first & 7));
    }
  }

  @Test
  void nothingIsNoFrame() {
    assertFalse(Crc16.isValid(new byte[2], 0, 0));
    assertFalse(Crc16.isValid(Wire.hex("ff ff"), 0, 2));
  }

  private static int bitwise(byte[] bytes, int offset, int length) {
    int crc = 0xFFFF;
    for (int i = offset; i < offset + length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    return crc;
  }
}
