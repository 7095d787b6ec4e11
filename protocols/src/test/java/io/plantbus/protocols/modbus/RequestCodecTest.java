package io.plantbus.protocols.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCodecTest {
  @Covers({Requirement.EXAMPLE_REQUESTS, Requirement.BIG_ENDIAN})
  @Test
  void requestsAreWrittenAsInTheExamplesOfTheSpecification() {
    assertWire("01 00 13 00 13", read(DataTable.COILS, 0x13, 19));
    assertWire("02 00 c4 00 16", read(DataTable.DISCRETE_INPUTS, 0xC4, 22));
    assertWire("03 00 6b 00 03", read(DataTable.HOLDING_REGISTERS, 0x6B, 3));
    assertWire("04 00 08 00 01", read(DataTable.INPUT_REGISTERS, 8, 1));
    assertWire("05 00 ac ff 00", new Request.WriteSingleCoil(0xAC, true));
    assertWire("06 00 01 00 03", new Request.WriteSingleRegister(1, 3));
    assertWire(
        "0f 00 13 00 0a 02 cd 01",
        new Request.WriteMultipleCoils(
            0x13, BitBlock.of(true, false, true, true, false, false, true, true, true, false)));
    assertWire(
        "10 00 01 00 02 04 00 0a 01 02",
        new Request.WriteMultipleRegisters(1, RegisterBlock.of(0x000A, 0x0102)));
    assertWire("16 00 04 00 f2 00 25", new Request.MaskWriteRegister(4, 0xF2, 0x25));
    assertWire(
        "17 00 03 00 06 00 0e 00 03 06 00 ff 00 ff 00 ff",
        new Request.ReadWriteMultipleRegisters(
            new AddressRange(3, 6), 0x0E, RegisterBlock.of(0xFF, 0xFF, 0xFF)));
  }

  @Covers(Requirement.PDU_LENGTH)
  @Test
  void whatWasWrittenIsReadBackAndItsLengthIsTold() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      Request request = Wire.anyRequest(random);
      byte[] pdu = Wire.pdu(request);
      assertTrue(pdu.length <= RequestEncoder.MAX_PDU_BYTES);
      assertEquals(new Decoded.WellFormed(request), RequestDecoder.decode(pdu, 0, pdu.length));
      assertEquals(pdu.length, RequestDecoder.length(pdu, 0, pdu.length));
    }
  }

  @Test
  void aRequestIsReadFromTheMiddleOfABuffer() {
    byte[] buffer = Wire.hex("ff ff 03 00 6b 00 03 ff");
    assertEquals(
        new Decoded.WellFormed(read(DataTable.HOLDING_REGISTERS, 0x6B, 3)),
        RequestDecoder.decode(buffer, 2, 5));
  }

  @Covers({Requirement.READ_BITS_QUANTITY, Requirement.READ_REGISTERS_QUANTITY})
  @ParameterizedTest
  @CsvSource({
    "01, 2000",
    "02, 2000",
    "03, 125",
    "04, 125",
  })
  void readsTakeOneUpToTheLimitAndNoMore(int function, int limit) {
    assertInstanceOf(Decoded.WellFormed.class, decode(readPdu(function, 0, 1)));
    assertInstanceOf(Decoded.WellFormed.class, decode(readPdu(function, 0, limit)));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, readPdu(function, 0, 0));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, readPdu(function, 0, limit + 1));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, readPdu(function, 0, 0xFFFF));
  }

  @Covers({Requirement.LAST_ADDRESS, Requirement.ADDRESSES_DO_NOT_WRAP})
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theLastAddressIsLegalAndOneMoreIsNotWrapped(int function) {
    assertInstanceOf(Decoded.WellFormed.class, decode(readPdu(function, 0xFFFF, 1)));
    assertRefused(ExceptionCode.ILLEGAL_DATA_ADDRESS, readPdu(function, 0xFFFF, 2));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, readPdu(function, 0xFFFF, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05 00 ac 12 34",
        "05 00 ac ff 01",
        "05 00 ac 00 ff",
        "05 00 ac 01 00",
      })
  void aCoilTakesNothingButOnAndOff(String pdu) {
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, Wire.hex(pdu));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0f 00 13 00 0a 01 cd", // byte count too small
        "0f 00 13 00 0a 03 cd 01 00", // byte count too large, and the bytes are there
        "0f 00 13 00 0a 02 cd", // a byte is missing
        "0f 00 13 00 0a 02 cd 01 00", // a byte too many
        "0f 00 13 00 00 00", // none
        "0f 00 13 00 0a", // no byte count
        "10 00 01 00 02 02 00 0a",
        "10 00 01 00 02 06 00 0a 01 02 00 00",
        "10 00 01 00 02 04 00 0a 01",
        "10 00 01 00 02 04 00 0a 01 02 00",
        "10 00 01 00 02 03 00 0a 01",
        "10 00 01 00 00 00",
        "10 00 01",
        "17 00 03 00 06 00 0e 00 03 04 00 ff 00 ff",
        "17 00 03 00 06 00 0e 00 03 06 00 ff 00 ff 00",
        "17 00 03 00 00 00 0e 00 01 02 00 ff",
        "17 00 03 00 7e 00 0e 00 01 02 00 ff",
        "17 00 03 00 06 00 0e 00 00 00",
        "17 00 03 00 06 00 0e 00",
      })
  void quantityByteCountAndBytesMustAgree(String pdu) {
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, Wire.hex(pdu));
  }

  @Test
  void writesTakeUpToTheirLimitAndNoMore() {
    assertInstanceOf(Decoded.WellFormed.class, decode(writePdu(15, 1968, 246)));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, writePdu(15, 1969, 247));
    assertInstanceOf(Decoded.WellFormed.class, decode(writePdu(16, 123, 246)));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, writePdu(16, 124, 248));
    byte[] readWrite = Arrays.copyOf(Wire.hex("17 00 00 00 7d 00 00 00 79 f2"), 10 + 242);
    assertInstanceOf(Decoded.WellFormed.class, decode(readWrite));
    byte[] tooMuch = Arrays.copyOf(Wire.hex("17 00 00 00 7d 00 00 00 7a f4"), 10 + 244);
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, tooMuch);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0f ff ff 00 02 01 03",
        "10 ff ff 00 02 04 00 0a 01 02",
        "17 ff ff 00 02 00 00 00 01 02 00 ff",
        "17 00 00 00 01 ff ff 00 02 04 00 ff 00 ff",
      })
  void addressesPastTheLastAreRefusedAsAddresses(String pdu) {
    assertRefused(ExceptionCode.ILLEGAL_DATA_ADDRESS, Wire.hex(pdu));
  }

  @Covers(Requirement.ORDER_OF_CHECKS)
  @Test
  void aBadQuantityIsToldBeforeABadAddress() {
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, Wire.hex("0f ff ff 00 02 02 03 00"));
    assertRefused(ExceptionCode.ILLEGAL_DATA_VALUE, Wire.hex("10 ff ff 00 7f fe"));
  }

  @Covers(Requirement.EXACT_REQUEST_LENGTH)
  @Test
  void everyFixedLengthIsExact() {
    for (String pdu :
        List.of(
            "01 00 13 00 13",
            "02 00 c4 00 16",
            "03 00 6b 00 03",
            "04 00 08 00 01",
            "05 00 ac ff 00",
            "06 00 01 00 03",
            "16 00 04 00 f2 00 25")) {
      byte[] bytes = Wire.hex(pdu + " 00 00");
      int exact = bytes.length - 2;
      for (int length = 1; length <= bytes.length; length++) {
        Decoded decoded = RequestDecoder.decode(bytes, 0, length);
        assertEquals(length == exact, decoded instanceof Decoded.WellFormed, pdu + ": " + length);
        if (length != exact) {
          assertEquals(new Decoded.Malformed(ExceptionCode.ILLEGAL_DATA_VALUE), decoded);
        }
      }
    }
  }

  @Test
  void unknownFunctionsAreRefusedWhateverFollows() {
    List<Integer> known =
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43);
    for (int function = 0; function < 256; function++) {
      if (!known.contains(function)) {
        byte[] pdu = {(byte) function, 0, 0, 0, 0};
        assertRefused(ExceptionCode.ILLEGAL_FUNCTION, pdu);
        assertRefused(ExceptionCode.ILLEGAL_FUNCTION, new byte[] {(byte) function});
        assertEquals(RequestDecoder.UNKNOWN, RequestDecoder.length(pdu, 0, 5));
      }
    }
  }

  @Test
  void theLengthIsToldAsSoonAsTheByteCountIsThere() {
    byte[] write = Wire.hex("10 00 01 00 02 04");
    assertEquals(RequestDecoder.NEEDS_MORE, RequestDecoder.length(write, 0, 0));
    assertEquals(RequestDecoder.NEEDS_MORE, RequestDecoder.length(write, 0, 5));
    assertEquals(10, RequestDecoder.length(write, 0, 6));
    byte[] many = Wire.hex("10 00 01 00 40 80");
    assertEquals(134, RequestDecoder.length(many, 0, 6));
  }

  @Covers(Requirement.ANY_BYTES)
  @Test
  void randomBytesNeverThrow() {
    SplittableRandom random = new SplittableRandom(2);
    byte[] functions = {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43};
    for (int i = 0; i < 20_000; i++) {
      byte[] pdu = new byte[random.nextInt(1, 30)];
      random.nextBytes(pdu);
      pdu[0] = functions[random.nextInt(functions.length)];
      if (RequestDecoder.decode(pdu, 0, pdu.length)
          instanceof Decoded.WellFormed(Request request)) {
        assertEquals(pdu.length, Wire.pdu(request).length);
      }
    }
  }

  private static void assertWire(String pdu, Request request) {
    byte[] bytes = Wire.hex(pdu);
    assertArrayEquals(bytes, Wire.pdu(request));
    assertEquals(new Decoded.WellFormed(request), decode(bytes));
  }

  private static void assertRefused(ExceptionCode code, byte[] pdu) {
    assertEquals(new Decoded.Malformed(code), decode(pdu), () -> Wire.hex(pdu));
  }

  private static Decoded decode(byte[] pdu) {
    return RequestDecoder.decode(pdu, 0, pdu.length);
  }

  private static Request read(DataTable table, int start, int count) {
    return new Request.Read(table, new AddressRange(start, count));
  }

  private static byte[] readPdu(int function, int start, int count) {
    return new byte[] {
      (byte) function, (byte) (start >> 8), (byte) start, (byte) (count >> 8), (byte) count
    };
  }

  private static byte[] writePdu(int function, int count, int bytes) {
    byte[] pdu = new byte[6 + bytes];
    pdu[0] = (byte) function;
    pdu[3] = (byte) (count >> 8);
    pdu[4] = (byte) count;
    pdu[5] = (byte) bytes;
    return pdu;
  }
}
