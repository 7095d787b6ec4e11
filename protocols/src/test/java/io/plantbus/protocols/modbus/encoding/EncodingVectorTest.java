package io.plantbus.protocols.modbus.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.RegisterBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingVectorTest {
  private static long raw(DataType type, RegisterOrder order, int... registers) {
    return RegisterDecoder.raw(RegisterEncoding.of(type, order), RegisterBlock.of(registers), 0);
  }

  @Test
  void fourOrdersOf32BitsStandAsTheirLettersSay() {
    assertEquals(0x0A0B0C0DL, raw(DataType.UINT32, RegisterOrder.ABCD, 0x0A0B, 0x0C0D));
    assertEquals(0x0A0B0C0DL, raw(DataType.UINT32, RegisterOrder.CDAB, 0x0C0D, 0x0A0B));
    assertEquals(0x0A0B0C0DL, raw(DataType.UINT32, RegisterOrder.BADC, 0x0B0A, 0x0D0C));
    assertEquals(0x0A0B0C0DL, raw(DataType.UINT32, RegisterOrder.DCBA, 0x0D0C, 0x0B0A));
  }

  @Test
  void fourOrdersOf64BitsExtendThePattern() {
    long value = 0x0102030405060708L;
    assertEquals(value, raw(DataType.INT64, RegisterOrder.ABCD, 0x0102, 0x0304, 0x0506, 0x0708));
    assertEquals(value, raw(DataType.INT64, RegisterOrder.CDAB, 0x0708, 0x0506, 0x0304, 0x0102));
    assertEquals(value, raw(DataType.INT64, RegisterOrder.BADC, 0x0201, 0x0403, 0x0605, 0x0807));
    assertEquals(value, raw(DataType.INT64, RegisterOrder.DCBA, 0x0807, 0x0605, 0x0403, 0x0201));
  }

  @Test
  void aSingleRegisterIsOnlyTouchedByByteSwaps() {
    assertEquals(0x0102, raw(DataType.UINT16, RegisterOrder.CDAB, 0x0102));
    assertEquals(0x0201, raw(DataType.UINT16, RegisterOrder.DCBA, 0x0102));
  }

  @Test
  void floatsAreIeee754() {
    RegisterEncoding single = RegisterEncoding.of(DataType.FLOAT32, RegisterOrder.CDAB);
    long pi = RegisterDecoder.raw(single, RegisterBlock.of(7, 0x0FDB, 0x4049), 1);
    assertEquals((float) Math.PI, RegisterDecoder.real(single, pi));
    assertEquals(-1.5, RegisterDecoder.real(RegisterEncoding.of(DataType.FLOAT64), 0xBFF8L << 48));
  }

  @Test
  void nanAndInfinityMeanNotAvailable() {
    RegisterEncoding single = RegisterEncoding.of(DataType.FLOAT32);
    for (long bits : new long[] {0x7FC0_0000L, 0x7F80_0000L, 0xFF80_0000L, 0xFFFF_FFFFL}) {
      assertEquals(RegisterDecoder.Validity.NOT_AVAILABLE, RegisterDecoder.validity(single, bits));
    }
    assertEquals(RegisterDecoder.Validity.VALID, RegisterDecoder.validity(single, 0x7F7F_FFFFL));
  }

  @Test
  void sentinelsAreComparedAsUnsignedPatterns() {
    RegisterEncoding encoding =
        new RegisterEncoding(
            DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, 0.1, 0, List.of(0x8000L, 0xFFFFL));
    long raw = RegisterDecoder.raw(encoding, RegisterBlock.of(0xFFFF), 0);
    assertEquals(RegisterDecoder.Validity.NOT_AVAILABLE, RegisterDecoder.validity(encoding, raw));
    assertEquals(RegisterDecoder.Validity.VALID, RegisterDecoder.validity(encoding, 0xFFFE));
    byte[] bytes = {1, 2};
    assertEquals(EncodeOutcome.RESERVED, RegisterEncoder.real(encoding, -0.1, bytes, 0));
    assertEquals(1, bytes[0]);
  }

  @Test
  void everyBadNibbleOfBcdIsFound() {
    RegisterEncoding bcd = RegisterEncoding.of(DataType.BCD32);
    assertEquals(12345678, RegisterDecoder.whole(bcd, 0x12345678));
    assertEquals(RegisterDecoder.Validity.VALID, RegisterDecoder.validity(bcd, 0x9999_9999L));
    for (int shift = 0; shift < 32; shift += 4) {
      for (long digit = 10; digit < 16; digit++) {
        assertEquals(
            RegisterDecoder.Validity.MALFORMED, RegisterDecoder.validity(bcd, digit << shift));
      }
    }
  }

  @Test
  void signedBitFieldsAreExtendedFromTheirOwnWidth() {
    RegisterEncoding field =
        new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 4, 4, 1, 0, List.of());
    assertEquals(-1, RegisterDecoder.whole(field, 0x00F0));
    assertEquals(7, RegisterDecoder.whole(field, 0xFF7F));
  }

  @Test
  void writingABitFieldKeepsItsNeighbours() {
    RegisterEncoding field =
        new RegisterEncoding(DataType.UINT16, RegisterOrder.DCBA, 0, 4, 4, 1, 0, List.of());
    byte[] bytes = {(byte) 0xAB, (byte) 0xCD};
    assertEquals(EncodeOutcome.ENCODED, RegisterEncoder.whole(field, 5, false, bytes, 0));
    assertEquals((byte) 0x5B, bytes[0]);
    assertEquals((byte) 0xCD, bytes[1]);
    assertEquals(EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.whole(field, 16, false, bytes, 0));
  }

  @Test
  void textEndsAtAZeroOrAtItsPadding() {
    RegisterEncoding text =
        new RegisterEncoding(DataType.STRING, RegisterOrder.ABCD, 5, 0, 0, 1, 0, List.of());
    assertEquals("Pu", RegisterDecoder.text(text, RegisterBlock.of(0x5075, 0x0042, 0x4343), 0));
    assertEquals("P 1", RegisterDecoder.text(text, RegisterBlock.of(0x5020, 0x3120, 0x2058), 0));
    byte[] bytes = new byte[6];
    assertEquals(EncodeOutcome.TOO_LONG, RegisterEncoder.text(text, "pumps!", bytes, 0));
    assertEquals(EncodeOutcome.OUT_OF_RANGE, RegisterEncoder.text(text, "a\0b", bytes, 0));
    assertEquals(EncodeOutcome.WRONG_KIND, RegisterEncoder.whole(text, 1, false, bytes, 0));
  }

  @Test
  void everyAliasOfATypeAndOrderIsUnderstood() {
    assertEquals(DataType.UINT16, DataType.of("u16"));
    assertEquals(DataType.INT16, DataType.of("INT"));
    assertEquals(DataType.UINT16, DataType.of("Uint"));
    assertEquals(DataType.INT32, DataType.of(" DINT "));
    assertEquals(DataType.FLOAT32, DataType.of("REAL"));
    assertEquals(DataType.BCD32, DataType.of("bcd32"));
    assertEquals(RegisterOrder.CDAB, RegisterOrder.of("cdab"));
    assertEquals(RegisterOrder.CDAB, RegisterOrder.of("GHEFCDAB"));
    assertEquals(RegisterOrder.ABCD, RegisterOrder.of("big-endian"));
    assertEquals(RegisterOrder.CDAB, RegisterOrder.of("little-endian byte swap"));
    assertEquals(RegisterOrder.CDAB, RegisterOrder.of("Word_Swapped"));
    assertEquals(RegisterOrder.BADC, RegisterOrder.of("big endian byte-swap"));
    assertEquals(RegisterOrder.DCBA, RegisterOrder.of("little"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> DataType.of("flaot32")).getMessage();
    assertTrue(String.valueOf(message).contains("float32"));
    assertThrows(IllegalArgumentException.class, () -> RegisterOrder.of("ACBD"));
  }

  @Test
  void bitFieldsOfFloatsAreNoEncoding() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RegisterEncoding(DataType.FLOAT32, RegisterOrder.ABCD, 0, 3, 4, 1, 0, List.of()));
    assertFalse(RegisterEncoding.of(DataType.INT16).isField());
  }
}
