package io.plantbus.protocols.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Function codes 1 to 6, 15, 16, 22 and 23 on servers of every framing.
class DataAccessTest {
  private final Exchange refusing = Exchange.refusing();
  private final Exchange writing = Exchange.writing();

  @Covers(Requirement.READ_BITS_QUANTITY)
  @ParameterizedTest
  @CsvSource({
    "01 00 00 00 00, 81 03",
    "01 00 00 07 d1, 81 03",
    "01 00 00 ff ff, 81 03",
    "02 00 00 00 00, 82 03",
    "02 00 00 07 d1, 82 03",
  })
  void readingNoBitsOrTooManyIsRefused(String request, String answer) {
    assertEquals(answer, refusing.ask(request));
  }

  @Covers(Requirement.READ_REGISTERS_QUANTITY)
  @ParameterizedTest
  @CsvSource({
    "03 00 00 00 00, 83 03",
    "03 00 00 00 7e, 83 03",
    "03 00 00 01 01, 83 03",
    "04 00 00 00 00, 84 03",
    "04 00 00 00 7e, 84 03",
  })
  void readingNoRegistersOrTooManyIsRefused(String request, String answer) {
    assertEquals(answer, refusing.ask(request));
  }

  @Covers({Requirement.READ_BITS_QUANTITY, Requirement.BITS_BYTE_COUNT, Requirement.PDU_LENGTH})
  @Test
  void theMostBitsMakeAnAnswerOf252Bytes() {
    Exchange zeros = new Exchange(_ -> new Response.Bits(BitBlock.of(new boolean[2000])));
    assertEquals("01 fa" + " 00".repeat(250), zeros.ask("01 00 00 07 d0"));
  }

  @Covers({Requirement.READ_REGISTERS_QUANTITY, Requirement.PDU_LENGTH})
  @Test
  void theMostRegistersMakeAnAnswerOf252Bytes() {
    Exchange zeros = new Exchange(_ -> new Response.Registers(RegisterBlock.of(new int[125])));
    assertEquals("03 fa" + " 00".repeat(250), zeros.ask("03 00 00 00 7d"));
  }

  @Covers({Requirement.ORDER_OF_CHECKS, Requirement.EXECUTION_FAILURE})
  @ParameterizedTest
  @CsvSource({
    "63 ff ff 00 00, e3 01", // everything is wrong
    "10 ff ff 00 7c 00, 90 03", // quantity, byte count and address
    "0f ff ff 00 02 02 03 00, 8f 03", // byte count and address
    "10 ff ff 00 02 04 00 01 00 02, 90 02", // address
    "10 00 00 00 02 04 00 01 00 02, 90 04", // only execution
  })
  void checksAreMadeInTheirOrder(String request, String answer) {
    Exchange failing = new Exchange(_ -> new Response.Refusal(4));
    assertEquals(answer, failing.ask(request));
  }

  @Covers(Requirement.ADDRESSES_DO_NOT_WRAP)
  @ParameterizedTest
  @CsvSource({
    "01 ff ff 00 02, 81 02",
    "02 f8 31 07 d0, 82 02",
    "03 ff ff 00 02, 83 02",
    "04 ff 84 00 7d, 84 02",
    "0f ff ff 00 02 01 03, 8f 02",
    "10 ff ff 00 02 04 00 0a 01 02, 90 02",
  })
  void aRangeBeyondTheLastAddressIsRefused(String request, String answer) {
    assertEquals(answer, refusing.ask(request));
  }

  @Covers(Requirement.LAST_ADDRESS)
  @Test
  void theLastAddressIsRead() {
    Exchange one = new Exchange(_ -> new Response.Registers(RegisterBlock.of(0xABCD)));
    assertEquals("03 02 ab cd", one.ask("03 ff ff 00 01"));
    assertEquals(
        List.of(new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0xFFFF, 1))),
        one.executed);
  }

  @Covers({
    Requirement.BITS_LEAST_SIGNIFICANT_FIRST,
    Requirement.PADDING_BITS_ARE_ZERO,
    Requirement.BITS_BYTE_COUNT
  })
  @Test
  void bitsArePackedFromTheLeastSignificantAndPadded() {
    boolean[] states = {true, false, true, true, false, false, true, true, true, false};
    Exchange ten = new Exchange(_ -> new Response.Bits(BitBlock.of(states)));
    assertEquals("01 02 cd 01", ten.ask("01 00 13 00 0a"));
    Exchange dirty =
        new Exchange(_ -> new Response.Bits(BitBlock.view(new byte[] {(byte) 0xFF}, 0, 3)));
    assertEquals("02 01 07", dirty.ask("02 00 00 00 03"));
  }

  @Covers({Requirement.COIL_VALUES, Requirement.REFUSED_WRITE_CHANGES_NOTHING})
  @ParameterizedTest
  @ValueSource(strings = {"12 34", "ff 01", "00 ff", "01 00", "00 01", "ff ff"})
  void aCoilIsWrittenOnOrOffAndNothingElse(String value) {
    assertEquals("85 03", refusing.ask("05 00 ac " + value));
  }

  @Covers({Requirement.SINGLE_WRITE_ECHO, Requirement.COIL_VALUES, Requirement.MASK_WRITE_ECHO})
  @ParameterizedTest
  @ValueSource(
      strings = {"05 00 ac ff 00", "05 00 ac 00 00", "06 00 01 ff ff", "16 00 04 00 f2 00 25"})
  void aSingleWriteIsEchoed(String request) {
    assertEquals(request, writing.ask(request));
    assertEquals(1, writing.executed.size());
  }

  @Covers({
    Requirement.WRITE_COILS_QUANTITY,
    Requirement.WRITE_COILS_BYTE_COUNT,
    Requirement.REFUSED_WRITE_CHANGES_NOTHING
  })
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 00 00 00 00", // none
        "00 00 00 09 01 ff", // a byte for nine
        "00 00 00 08 02 ff 00", // two bytes for eight
        "00 00 00 09 02 ff", // a byte is missing
        "00 00 00 08 01 ff 00", // a byte is left over
      })
  void coilsThatDoNotFitTheirQuantityAreRefused(String rest) {
    assertEquals("8f 03", refusing.ask("0f " + rest));
  }

  @Covers({Requirement.WRITE_COILS_QUANTITY, Requirement.MULTIPLE_WRITE_ANSWER})
  @Test
  void upTo1968CoilsAreWritten() {
    assertEquals("0f 00 13 07 b0", writing.ask("0f 00 13 07 b0 f6" + " 55".repeat(246)));
    assertEquals("0f 00 13 00 01", writing.ask("0f 00 13 00 01 01 01"));
    assertEquals("8f 03", refusing.ask("0f 00 13 07 b1 f7" + " 55".repeat(247)));
  }

  @Covers({
    Requirement.WRITE_REGISTERS_QUANTITY,
    Requirement.WRITE_REGISTERS_BYTE_COUNT,
    Requirement.REFUSED_WRITE_CHANGES_NOTHING
  })
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 00 00 00 00",
        "00 00 00 02 02 00 01", // two bytes for two registers
        "00 00 00 01 04 00 01 00 02", // four bytes for one
        "00 00 00 01 03 00 01 00", // an odd count
        "00 00 00 02 04 00 01 00", // a byte is missing
        "00 00 00 01 02 00 01 00", // a byte is left over
      })
  void registersThatDoNotFitTheirQuantityAreRefused(String rest) {
    assertEquals("90 03", refusing.ask("10 " + rest));
  }

  @Covers({Requirement.WRITE_REGISTERS_QUANTITY, Requirement.MULTIPLE_WRITE_ANSWER})
  @Test
  void upTo123RegistersAreWritten() {
    assertEquals("10 00 01 00 7b", writing.ask("10 00 01 00 7b f6" + " 01 02".repeat(123)));
    assertEquals("10 00 01 00 40", writing.ask("10 00 01 00 40 80" + " 01 02".repeat(64)));
    assertEquals("90 03", refusing.ask("10 00 01 00 7c f8" + " 01 02".repeat(123)));
  }

  @Covers({Requirement.READ_WRITE_QUANTITIES, Requirement.REFUSED_WRITE_CHANGES_NOTHING})
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 03 00 00 00 0e 00 01 02 00 ff", // reads nothing
        "00 03 00 7e 00 0e 00 01 02 00 ff", // reads 126
        "00 03 00 06 00 0e 00 00 00", // writes nothing
        "00 03 00 06 00 0e 00 03 04 00 ff 00 ff", // counts four bytes for three
        "00 03 00 06 00 0e 00 02 04 00 ff 00", // a byte is missing
        "00 03 00 06 00 0e 00 01 02 00 ff 00", // a byte is left over
        "00 03 00 06 00 0e 00 7a f4", // writes 122
      })
  void readingAndWritingTakesWhatFitsOnly(String rest) {
    assertEquals("97 03", refusing.ask("17 " + rest));
  }

  @Covers(Requirement.READ_WRITE_PAST_THE_END)
  @ParameterizedTest
  @ValueSource(
      strings = {"ff ff 00 02 00 00 00 01 02 00 ff", "00 00 00 01 ff ff 00 02 04 00 ff 00 ff"})
  void readingAndWritingPastTheEndIsRefused(String rest) {
    assertEquals("97 02", refusing.ask("17 " + rest));
  }

  @Covers({Requirement.READ_WRITE_QUANTITIES, Requirement.PDU_LENGTH})
  @Test
  void upTo121RegistersAreWrittenAnd125Read() {
    Exchange zeros = new Exchange(_ -> new Response.Registers(RegisterBlock.of(new int[125])));
    assertEquals(
        "17 fa" + " 00".repeat(250),
        zeros.ask("17 00 00 00 7d 00 00 00 79 f2" + " 01 02".repeat(121)));
  }

  @Covers({Requirement.UNKNOWN_FUNCTION, Requirement.EXCEPTION_FORM})
  @ParameterizedTest
  @ValueSource(ints = {9, 10, 13, 14, 18, 19, 25, 42, 63, 99, 127})
  void anUnknownFunctionIsRefused(int function) {
    String code = "%02x".formatted(function);
    String refusal = "%02x 01".formatted(function | 0x80);
    assertEquals(refusal, refusing.ask(code));
    assertEquals(refusal, refusing.ask(code + " 00 01 02 03 04 05 06 07"));
  }

  @Covers(Requirement.INVALID_FUNCTION_CODES)
  @ParameterizedTest
  @ValueSource(strings = {"00", "80", "83", "90", "ff"})
  void invalidFunctionCodesAreRefusedLikeUnknownOnes(String code) {
    String refusal = "%02x 01".formatted(Integer.parseInt(code, 16) | 0x80);
    assertEquals(refusal, refusing.ask(code));
    assertEquals(refusal, refusing.ask(code + " 02 00 01"));
  }

  @Covers(Requirement.EXACT_REQUEST_LENGTH)
  @ParameterizedTest
  @CsvSource({
    "01 00 00 00 01 00, 81 03",
    "03 00 00 00, 83 03",
    "03, 83 03",
    "04 00 00 00 01 00 00, 84 03",
    "05 00 ac ff, 85 03",
    "06 00 01 00 03 00, 86 03",
    "16 00 04 00 f2 00, 96 03",
    "17 00 03 00 06 00 0e 00 03, 97 03",
  })
  void bytesMissingOrLeftOverAreRefused(String request, String answer) {
    assertEquals(answer, refusing.ask(request));
  }

  @Covers(Requirement.CANOPEN)
  @Test
  void theInterfaceToCanopenIsRefused() {
    assertEquals("ab 01", refusing.ask("2b 0d 00 00"));
  }

  @Covers(Requirement.REQUESTS_WITHIN_LIMITS)
  @Test
  void aClientCannotFormARequestBeyondTheLimits() {
    mustNotBe(() -> new Request.Read(DataTable.COILS, new AddressRange(0, 2001)));
    mustNotBe(() -> new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(0, 126)));
    mustNotBe(() -> new Request.Read(DataTable.COILS, new AddressRange(0xFFFF, 2)));
    mustNotBe(() -> new Request.WriteSingleCoil(0x10000, true));
    mustNotBe(() -> new Request.WriteSingleRegister(0, 0x10000));
    mustNotBe(() -> new Request.WriteMultipleCoils(0, BitBlock.of(new boolean[1969])));
    mustNotBe(() -> new Request.WriteMultipleRegisters(0, RegisterBlock.of(new int[124])));
    mustNotBe(() -> new Request.WriteMultipleRegisters(0xFFFF, RegisterBlock.of(1, 2)));
    mustNotBe(() -> new Request.MaskWriteRegister(0, -1, 0));
    mustNotBe(
        () ->
            new Request.ReadWriteMultipleRegisters(
                new AddressRange(0, 1), 0, RegisterBlock.of(new int[122])));
  }

  private static void mustNotBe(Supplier<Request> form) {
    assertThrows(IllegalArgumentException.class, form::get);
  }
}
