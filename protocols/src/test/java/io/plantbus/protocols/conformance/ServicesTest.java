package io.plantbus.protocols.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions beside the four tables, byte for byte, the same over each framing.
class ServicesTest {
  private final Exchange refusing = Exchange.refusing();
  private final Exchange writing = Exchange.writing();

  private static Exchange answering(Response response) {
    return new Exchange(_ -> response);
  }

  @Covers(Requirement.EXCEPTION_STATUS)
  @Test
  void theExceptionStatusIsOneByte() {
    assertEquals("07 6d", answering(new Response.ExceptionStatus(0x6D)).ask("07"));
    assertEquals("07 ff", answering(new Response.ExceptionStatus(0xFF)).ask("07"));
    assertEquals("87 03", refusing.ask("07 00"));
  }

  @Covers(Requirement.REPORT_SERVER_ID)
  @Test
  void theRunStatusIsOnOrOff() {
    assertEquals("11 02 42 ff", answering(serverId(true)).ask("11"));
    assertEquals("11 02 42 00", answering(serverId(false)).ask("11"));
  }

  private static Response serverId(boolean running) {
    return Response.ServerId.of(ByteBlock.of(0x42), running, ByteBlock.EMPTY);
  }

  @Covers({Requirement.FIFO_QUEUE, Requirement.FIFO_EMPTY})
  @Test
  void aQueueHasUpToThirtyOneRegisters() {
    assertEquals("18 00 02 00 00", queueOf(0).ask("18 04 de"));
    assertEquals("18 00 40 00 1f" + " 00 00".repeat(31), queueOf(31).ask("18 04 de"));
    assertThrows(IllegalArgumentException.class, () -> queueOf(32).ask("18 04 de"));
  }

  private static Exchange queueOf(int registers) {
    return new Exchange(_ -> new Response.FifoQueue(RegisterBlock.of(new int[registers])));
  }

  @Covers({Requirement.READ_FILE_RECORDS, Requirement.FILE_SUM, Requirement.PDU_LENGTH})
  @Test
  void filesAreReadUpToTheLongestAnswer() {
    Exchange most =
        answering(
            new Response.FileRecords(
                List.of(RegisterBlock.of(new int[62]), RegisterBlock.of(new int[61]))));
    assertEquals(
        "14 fa 7d 06" + " 00 00".repeat(62) + " 7b 06" + " 00 00".repeat(61),
        most.ask("14 0e 06 00 01 00 00 00 3e 06 00 02 00 00 00 3d"));
    assertEquals(
        List.of(
            new Request.ReadFileRecord(List.of(new FileSpan(1, 0, 62), new FileSpan(2, 0, 61)))),
        most.executed);
  }

  @Covers({
    Requirement.READ_FILE_RECORDS,
    Requirement.FILE_REFERENCE_TYPE,
    Requirement.FILE_RECORD_NUMBERS
  })
  @ParameterizedTest
  @CsvSource({
    "06 06 00 04 00 01 00, 94 03", // a byte count below that of a group
    "0d 06 00 04 00 01 00 02 06 00 03 00 09 00, 94 03", // half a group
    "07 06 00 04 00 01 00 00, 94 03", // no registers
    "07 05 00 04 00 01 00 02, 94 02", // another reference type
    "0e 06 00 04 00 01 00 02 07 00 04 00 01 00 02, 94 02", // in the second group
    "07 06 00 00 00 01 00 02, 94 02", // file 0
    "07 06 00 04 27 10 00 01, 94 02", // record 10000
    "07 06 00 04 27 0f 00 02, 94 02", // up to record 10000
  })
  void filesThatCannotBeReadAreRefused(String rest, String refusal) {
    assertEquals(refusal, refusing.ask("14 " + rest));
  }

  @Covers(Requirement.FILE_RECORD_NUMBERS)
  @Test
  void theLastRecordIsReadAndWritten() {
    Exchange one = answering(new Response.FileRecords(List.of(RegisterBlock.of(0xABCD))));
    assertEquals("14 04 03 06 ab cd", one.ask("14 07 06 00 04 27 0f 00 01"));
    String write = "15 09 06 00 04 27 0f 00 01 ab cd";
    assertEquals(write, writing.ask(write));
  }

  @Covers(Requirement.WRITE_FILE_RECORDS)
  @Test
  void theAnswerToWritingFilesIsTheRequest() {
    String write = "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d";
    assertEquals(write, writing.ask(write));
    FileRecord record = new FileRecord(4, 7, RegisterBlock.of(0x06AF, 0x04BE, 0x100D));
    assertEquals(List.of(new Request.WriteFileRecord(List.of(record))), writing.executed);
    String longest = "15 fb 06 00 04 00 07 00 7a" + " 12 34".repeat(122);
    assertEquals(longest, writing.ask(longest));
  }

  @Covers({Requirement.WRITE_FILE_RECORDS, Requirement.FILE_REFERENCE_TYPE})
  @ParameterizedTest
  @CsvSource({
    "08 06 00 04 00 07 00 01 00, 95 03",
    "09 06 00 04 00 07 00 02 00 05, 95 03", // a group longer than the bytes
    "0b 06 00 04 00 07 00 01 00 05 06 00, 95 03", // half a group behind
    "09 05 00 04 00 07 00 01 00 05, 95 02",
    "09 06 00 00 00 07 00 01 00 05, 95 02",
    "09 06 00 04 27 10 00 01 00 05, 95 02",
  })
  void filesThatCannotBeWrittenAreRefused(String rest, String refusal) {
    assertEquals(refusal, refusing.ask("15 " + rest));
  }

  @Covers({Requirement.UNKNOWN_MEI_TYPE, Requirement.DEVICE_ID_CONTINUATION})
  @ParameterizedTest
  @CsvSource({"2b 0f, ab 01", "2b 00 01 00, ab 01", "2b 0e 00 00, ab 03", "2b 0e 05 00, ab 03"})
  void whatIsNoIdentificationIsRefused(String request, String refusal) {
    assertEquals(refusal, refusing.ask(request));
  }

  @Covers(Requirement.DEVICE_ID_CONTINUATION)
  @Test
  void anAnswerTellsWhereToReadOn() {
    Exchange first =
        answering(
            new Response.DeviceIdentification(
                1, 0x81, true, 1, List.of(DeviceObject.of(0, "Acme"))));
    assertEquals("2b 0e 01 81 ff 01 01 00 04 41 63 6d 65", first.ask("2b 0e 01 00"));
  }

  @Covers({Requirement.DIAGNOSTICS_ECHO, Requirement.UNKNOWN_SUB_FUNCTION})
  @ParameterizedTest
  @CsvSource({
    "08 00 00 a5 37, 08 00 00 a5 37",
    "08 00 00, 08 00 00",
    "08 00 00 01 02 03, 08 00 00 01 02 03",
    "08 00 05 00 00, 88 01",
    "08 00 13 00 00, 88 01",
    "08 00 15 00 00, 88 01",
    "08 00 01 12 34, 88 03",
  })
  void diagnosticsAreAnsweredOrRefused(String request, String answer) {
    assertEquals(answer, refusing.ask(request));
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @ParameterizedTest
  @ValueSource(strings = {"41", "48", "64", "6e", "40", "49"})
  void aUserDefinedFunctionThatIsNotRegisteredIsRefused(String code) {
    String refusal = "%02x 01".formatted(Integer.parseInt(code, 16) | 0x80);
    assertEquals(refusal, refusing.ask(code + " 00 01"));
  }
}
