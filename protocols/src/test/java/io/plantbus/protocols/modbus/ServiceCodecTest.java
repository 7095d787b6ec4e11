package io.plantbus.protocols.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that do not concern the four tables.
class ServiceCodecTest {
  private static final UserFunction ECHO =
      new UserFunction(65, PduLength.byteCountAt(1), PduLength.fixed(3));

  @Covers(Requirement.EXAMPLE_REQUESTS)
  @Test
  void requestsAreWrittenAsInTheExamplesOfTheSpecification() {
    assertWire("07", new Request.ReadExceptionStatus());
    assertWire(
        "08 00 00 a5 37",
        new Request.Diagnostics(SubFunction.RETURN_QUERY_DATA, ByteBlock.of(0xA5, 0x37)));
    assertWire("0b", new Request.GetCommEventCounter());
    assertWire("0c", new Request.GetCommEventLog());
    assertWire("11", new Request.ReportServerId());
    assertWire(
        "14 0e 06 00 04 00 01 00 02 06 00 03 00 09 00 02",
        new Request.ReadFileRecord(List.of(new FileSpan(4, 1, 2), new FileSpan(3, 9, 2))));
    assertWire(
        "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d",
        new Request.WriteFileRecord(
            List.of(new FileRecord(4, 7, RegisterBlock.of(0x06AF, 0x04BE, 0x100D)))));
    assertWire("18 04 de", new Request.ReadFifoQueue(0x04DE));
    assertWire("2b 0e 01 00", new Request.ReadDeviceIdentification(1, 0));
  }

  @Covers(Requirement.EXAMPLE_REQUESTS)
  @Test
  void everySubFunctionIsWrittenWithItsCode() {
    assertWire(
        "08 00 01 ff 00",
        new Request.Diagnostics(SubFunction.RESTART_COMMUNICATIONS, ByteBlock.of(0xFF, 0)));
    assertWire("08 00 04 00 00", new Request.Diagnostics(SubFunction.FORCE_LISTEN_ONLY));
    assertWire(
        "08 00 03 0d 00",
        new Request.Diagnostics(SubFunction.CHANGE_ASCII_DELIMITER, ByteBlock.of(0x0D, 0)));
    int[] codes = {0, 1, 2, 3, 4, 0xA, 0xB, 0xC, 0xD, 0xE, 0xF, 0x10, 0x11, 0x12, 0x14};
    assertArrayEquals(
        codes, Arrays.stream(SubFunction.values()).mapToInt(SubFunction::code).toArray());
  }

  @Test
  void diagnosesAreReadBack() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      Request request = Wire.anyDiagnosis(random);
      byte[] pdu = Wire.pdu(request);
      assertEquals(new Decoded.WellFormed(request), decode(pdu));
    }
  }

  @Covers({
    Requirement.READ_FILE_RECORDS,
    Requirement.WRITE_FILE_RECORDS,
    Requirement.UNKNOWN_SUB_FUNCTION,
    Requirement.UNKNOWN_MEI_TYPE,
    Requirement.CANOPEN,
    Requirement.FILE_RECORD_NUMBERS,
    Requirement.FILE_REFERENCE_TYPE,
    Requirement.FILE_SUM,
    Requirement.DEVICE_ID_CONTINUATION,
    Requirement.RESTART_COMMUNICATIONS,
    Requirement.EXACT_REQUEST_LENGTH
  })
  @ParameterizedTest
  @CsvSource({
    "07 00, 03",
    "0b 00, 03",
    "0c 00 00, 03",
    "11 01, 03",
    "08, 03",
    "08 00, 03", // no sub-function
    "08 00 05 00 00, 01", // reserved sub-functions
    "08 00 13 00 00, 01",
    "08 00 15 00 00, 01",
    "08 ff ff 00 00, 01",
    "08 00 05, 01",
    "08 00 01 00 01, 03", // neither 0x0000 nor 0xff00
    "08 00 01 ff, 03",
    "08 00 02 00 01, 03",
    "08 00 03 0d 01, 03",
    "08 00 04 00 00 00, 03",
    "08 00 0a 01 00, 03",
    "08 00 0b, 03",
    "14, 03",
    "14 00, 03",
    "14 06 06 00 04 00 01 00, 03", // byte count below 7
    "14 08 06 00 04 00 01 00 02 00, 03", // no multiple of 7
    "14 07 06 00 04 00 01 00, 03", // short of the byte count
    "14 07 06 00 04 00 01 00 02 00, 03", // beyond the byte count
    "14 07 06 00 04 00 01 00 00, 03", // no records
    "14 07 06 00 04 00 01 00 7d, 03", // 252 bytes of answer are left, 254 asked
    "14 0e 06 00 04 00 01 00 7a 06 00 04 00 01 00 02, 03", // together too much
    "14 07 06 00 04 00 01 ff ff, 03",
    "14 07 05 00 04 00 01 00 02, 02", // reference type
    "14 07 06 00 00 00 01 00 02, 02", // no file 0
    "14 07 06 00 04 27 10 00 01, 02", // record 10000
    "14 07 06 00 04 27 0f 00 02, 02",
    "15 08 06 00 04 00 07 00 01 00, 03",
    "15 09 06 00 04 00 07 00 01 00, 03",
    "15 09 06 00 04 00 07 00 01 00 00 00, 03",
    "15 09 06 00 04 00 07 00 02 00 00, 03", // length beyond the bytes
    "15 09 06 00 04 00 07 00 00 00 00, 03",
    "15 0b 06 00 04 00 07 00 01 00 00 06 00, 03", // half a group behind
    "15 09 06 00 04 00 07 80 00 00 00, 03",
    "15 09 07 00 04 00 07 00 01 00 00, 02",
    "15 09 06 00 00 00 07 00 01 00 00, 02",
    "15 09 06 00 04 27 10 00 01 00 00, 02",
    "18 04, 03",
    "18 04 de 00, 03",
    "2b, 03",
    "2b 0d 00, 01", // another MEI type
    "2b 0d, 01",
    "2b ff 01 00, 01",
    "2b 0e 00 00, 03",
    "2b 0e 05 00, 03",
    "2b 0e 01, 03",
    "2b 0e 01 00 00, 03",
    "2b 0e 81 00, 03",
  })
  void whatIsNotWellFormedIsRefused(String pdu, int code) {
    Decoded decoded = decode(Wire.hex(pdu));
    assertTrue(
        decoded instanceof Decoded.Malformed(ExceptionCode why) && why.code() == code,
        () -> pdu + ": " + decoded);
  }

  @Covers({
    Requirement.READ_FILE_RECORDS,
    Requirement.WRITE_FILE_RECORDS,
    Requirement.FILE_SUM,
    Requirement.PDU_LENGTH,
    Requirement.REQUESTS_WITHIN_LIMITS
  })
  @Test
  void aFileRequestMayFillItsAnswerAndItself() {
    Request read = new Request.ReadFileRecord(List.of(new FileSpan(1, 0, 124)));
    assertEquals(new Decoded.WellFormed(read), decode(Wire.pdu(read)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Request.ReadFileRecord(List.of(new FileSpan(1, 0, 125))));
    Request write =
        new Request.WriteFileRecord(List.of(new FileRecord(1, 0, RegisterBlock.of(new int[122]))));
    assertEquals(2 + 0xFB, Wire.pdu(write).length);
    assertEquals(new Decoded.WellFormed(write), decode(Wire.pdu(write)));
    List<FileSpan> spans = Collections.nCopies(35, new FileSpan(1, 0, 1));
    Request many = new Request.ReadFileRecord(spans);
    assertEquals(2 + 0xF5, Wire.pdu(many).length);
    assertEquals(new Decoded.WellFormed(many), decode(Wire.pdu(many)));
    List<FileSpan> tooMany = Collections.nCopies(36, new FileSpan(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Request.ReadFileRecord(tooMany));
  }

  @Covers(Requirement.READS_ARE_NOT_BROADCAST)
  @Test
  void aRequestThatReadsIsNotBroadcast() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 500; i++) {
      Request request = i % 2 == 0 ? Wire.anyRequest(random) : Wire.anyDiagnosis(random);
      boolean reads =
          switch (request.functionCode()) {
            case 5, 6, 15, 16, 21, 22 -> false;
            case 8 -> {
              SubFunction subFunction = ((Request.Diagnostics) request).subFunction();
              yield !List.of(1, 3, 4, 0x0A, 0x14).contains(subFunction.code());
            }
            default -> true;
          };
      assertEquals(!reads, request.isBroadcastable(), request::toString);
      assertEquals(reads && request.functionCode() != 23, request.isReadOnly());
    }
    assertFalse(new Request.UserDefined(65, ByteBlock.EMPTY).isReadOnly());
  }

  @ParameterizedTest
  @EnumSource
  void aSubFunctionIsFoundByItsCode(SubFunction subFunction) {
    assertEquals(subFunction, SubFunction.of(subFunction.code()));
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @Test
  void aUserDefinedFunctionIsKnownWhereItIsRegistered() {
    byte[] pdu = Wire.hex("41 02 0a 0b");
    UserFunctions functions = UserFunctions.of(ECHO);
    Request request = new Request.UserDefined(65, ByteBlock.of(2, 0x0A, 0x0B));
    assertArrayEquals(pdu, Wire.pdu(request));
    assertEquals(
        new Decoded.WellFormed(request), RequestDecoder.decode(functions, pdu, 0, pdu.length));
    assertEquals(new Decoded.Malformed(ExceptionCode.ILLEGAL_FUNCTION), decode(pdu));
    assertEquals(
        new Decoded.Malformed(ExceptionCode.ILLEGAL_DATA_VALUE),
        RequestDecoder.decode(functions, pdu, 0, 3));
    assertEquals(RequestDecoder.NEEDS_MORE, RequestDecoder.length(functions, pdu, 0, 1));
    assertEquals(4, RequestDecoder.length(functions, pdu, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> UserFunctions.of(ECHO, ECHO));
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @ParameterizedTest
  @CsvSource({"0", "3", "16", "43", "128"})
  void aStandardFunctionCannotBeRegistered(int code) {
    PduLength one = PduLength.fixed(1);
    assertThrows(IllegalArgumentException.class, () -> new UserFunction(code, one, one));
    assertThrows(
        IllegalArgumentException.class, () -> new Request.UserDefined(code, ByteBlock.EMPTY));
  }

  private static void assertWire(String pdu, Request request) {
    byte[] bytes = Wire.hex(pdu);
    assertArrayEquals(bytes, Wire.pdu(request));
    assertEquals(new Decoded.WellFormed(request), decode(bytes));
  }

  private static Decoded decode(byte[] pdu) {
    return RequestDecoder.decode(pdu, 0, pdu.length);
  }
}
