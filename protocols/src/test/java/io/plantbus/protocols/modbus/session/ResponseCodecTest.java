package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCodecTest {
  private final ResponseDecoder decoder = new ResponseDecoder();

  @Covers(Requirement.EXAMPLE_RESPONSES)
  @Test
  void responsesAreWrittenAsInTheExamplesOfTheSpecification() {
    assertWire("01 00 13 00 13", "01 03 cd 6b 05", bits(19, "cd 6b 05"));
    assertWire("02 00 c4 00 16", "02 03 ac db 35", bits(22, "ac db 35"));
    assertWire("03 00 6b 00 03", "03 06 02 2b 00 00 00 64", registers(0x022B, 0x0000, 0x0064));
    assertWire("04 00 08 00 01", "04 02 00 0a", registers(0x000A));
    assertWire("05 00 ac ff 00", "05 00 ac ff 00", Response.Written.INSTANCE);
    assertWire("06 00 01 00 03", "06 00 01 00 03", Response.Written.INSTANCE);
    assertWire("0f 00 13 00 0a 02 cd 01", "0f 00 13 00 0a", Response.Written.INSTANCE);
    assertWire("10 00 01 00 02 04 00 0a 01 02", "10 00 01 00 02", Response.Written.INSTANCE);
    assertWire("16 00 04 00 f2 00 25", "16 00 04 00 f2 00 25", Response.Written.INSTANCE);
    assertWire(
        "17 00 03 00 06 00 0e 00 03 06 00 ff 00 ff 00 ff",
        "17 0c 00 fe 0a cd 00 01 00 03 00 0d 00 ff",
        registers(0x00FE, 0x0ACD, 0x0001, 0x0003, 0x000D, 0x00FF));
    assertWire("01 04 a1 00 01", "81 02", new Response.Refusal(2));
  }

  @Test
  void whatWasWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    for (int i = 0; i < 2_000; i++) {
      Request request = Wire.anyRequest(random);
      Response response = Wire.anyResponse(random, request);
      RequestHead head = head(Wire.pdu(request));
      int length = ResponseEncoder.encode(head, response, pdu, 0);
      assertEquals(outcome(response), decoder.decode(head, pdu, 0, length));
    }
  }

  @Covers(Requirement.PADDING_BITS_ARE_ZERO)
  @Test
  void paddingBitsAreZeroWhateverTheSource() {
    Response dirty = new Response.Bits(BitBlock.view(new byte[] {(byte) 0xFF}, 0, 3));
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    int length = ResponseEncoder.encode(head(Wire.hex("01 00 00 00 03")), dirty, pdu, 0);
    assertArrayEquals(Wire.hex("01 01 07"), Arrays.copyOf(pdu, length));
  }

  @Covers(Requirement.REFUSAL_CODE_ZERO)
  @ParameterizedTest
  @CsvSource({
    "03 00 6b 00 01, 04 02 00 0a, WRONG_FUNCTION",
    "03 00 6b 00 01, 84 02, WRONG_FUNCTION",
    "03 00 6b 00 01, 03 04 00 0a 00 0b, WRONG_CONTENT",
    "03 00 6b 00 02, 03 02 00 0a, WRONG_CONTENT",
    "03 00 6b 00 01, 03 02 00 0a 00, WRONG_CONTENT",
    "03 00 6b 00 01, 03 02 00, WRONG_CONTENT",
    "03 00 6b 00 01, 03 03 00 0a, WRONG_CONTENT",
    "03 00 6b 00 01, 03, WRONG_CONTENT",
    "03 00 6b 00 01, 83, WRONG_CONTENT",
    "03 00 6b 00 01, 83 02 00, WRONG_CONTENT",
    "03 00 6b 00 01, 83 00, WRONG_CONTENT",
    "01 00 00 00 09, 01 01 ff, WRONG_CONTENT",
    "05 00 ac ff 00, 05 00 ac 00 00, WRONG_CONTENT",
    "05 00 ac ff 00, 05 00 ad ff 00, WRONG_CONTENT",
    "06 00 01 00 03, 06 00 01 00 04, WRONG_CONTENT",
    "06 00 01 00 03, 06 00 01 00 03 00, WRONG_CONTENT",
    "06 00 01 00 03, 06 00 01 00, WRONG_CONTENT",
    "0f 00 13 00 02 01 03, 0f 00 13 00 03, WRONG_CONTENT",
    "10 00 01 00 01 02 00 0a, 10 00 02 00 01, WRONG_CONTENT",
    "16 00 04 00 f2 00 25, 16 00 04 00 f2 00 24, WRONG_CONTENT",
    "16 00 04 00 f2 00 25, 16 00 04 00 f2, WRONG_CONTENT",
  })
  void aResponseThatIsNotTheRequestsIsRefused(String request, String pdu, NoiseReason reason) {
    byte[] bytes = Wire.hex(pdu);
    assertEquals(
        new Outcome.Noise(reason), decoder.decode(head(Wire.hex(request)), bytes, 0, bytes.length));
  }

  @Covers(Requirement.ANY_EXCEPTION_CODE)
  @Test
  void anyExceptionCodeIsARefusal() {
    for (int code = 1; code < 256; code++) {
      byte[] pdu = {(byte) 0x83, (byte) code};
      assertEquals(
          new Outcome.Refused(new Response.Refusal(code)),
          decoder.decode(head(Wire.hex("03 00 00 00 01")), pdu, 0, 2));
    }
  }

  @Covers(Requirement.RESPONSE_FITS_REQUEST)
  @Test
  void aResponseOfTheWrongKindOrQuantityIsABugOfTheExecutor() {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    RequestHead read = head(Wire.hex("03 00 00 00 02"));
    RequestHead write = head(Wire.hex("06 00 00 00 02"));
    RequestHead unknown = head(Wire.hex("63"));
    assertThrows(
        IllegalArgumentException.class, () -> ResponseEncoder.encode(read, registers(1), pdu, 0));
    assertThrows(
        IllegalArgumentException.class, () -> ResponseEncoder.encode(read, bits(2, "03"), pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResponseEncoder.encode(read, Response.Written.INSTANCE, pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResponseEncoder.encode(write, registers(1, 2), pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResponseEncoder.encode(unknown, Response.Written.INSTANCE, pdu, 0));
    assertEquals(2, ResponseEncoder.encode(unknown, new Response.Refusal(1), pdu, 0));
    assertEquals((byte) 0xE3, pdu[0]);
  }

  @Test
  void randomBytesNeverThrow() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20_000; i++) {
      RequestHead head = head(Wire.pdu(Wire.anyRequest(random)));
      byte[] pdu = new byte[random.nextInt(1, RequestEncoder.MAX_PDU_BYTES + 1)];
      random.nextBytes(pdu);
      pdu[0] = (byte) (head.function() | (random.nextBoolean() ? 0x80 : 0));
      decoder.decode(head, pdu, 0, pdu.length);
    }
  }

  private void assertWire(String request, String pdu, Response response) {
    RequestHead head = head(Wire.hex(request));
    byte[] bytes = Wire.hex(pdu);
    byte[] written = new byte[RequestEncoder.MAX_PDU_BYTES];
    int length = ResponseEncoder.encode(head, response, written, 0);
    assertArrayEquals(bytes, Arrays.copyOf(written, length));
    assertEquals(outcome(response), decoder.decode(head, bytes, 0, bytes.length));
  }

  private static Outcome outcome(Response response) {
    return response instanceof Response.Refusal refusal
        ? new Outcome.Refused(refusal)
        : new Outcome.Answered(response);
  }

  private static RequestHead head(byte[] pdu) {
    RequestHead head = new RequestHead();
    head.set(pdu, 0, pdu.length);
    return head;
  }

  private static Response bits(int count, String bytes) {
    return new Response.Bits(BitBlock.view(Wire.hex(bytes), 0, count));
  }

  private static Response registers(int... values) {
    return new Response.Registers(RegisterBlock.of(values));
  }
}
