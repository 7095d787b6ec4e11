package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Responses that do not concern the four tables.
class ServiceResponseTest {
  private final ResponseDecoder decoder = new ResponseDecoder();

  @Covers({
    Requirement.EXAMPLE_RESPONSES,
    Requirement.EXCEPTION_STATUS,
    Requirement.EVENT_LOG_LAYOUT,
    Requirement.EVENT_COUNTER_STATUS,
    Requirement.WRITE_FILE_RECORDS,
    Requirement.FIFO_QUEUE,
    Requirement.DEVICE_ID_MANDATORY_OBJECTS
  })
  @Test
  void responsesAreWrittenAsInTheExamplesOfTheSpecification() {
    assertWire("07", "07 6d", new Response.ExceptionStatus(0x6D));
    assertWire(
        "08 00 00 a5 37",
        "08 00 00 a5 37",
        new Response.Diagnostics(SubFunction.RETURN_QUERY_DATA, ByteBlock.of(0xA5, 0x37)));
    assertWire("0b", "0b ff ff 01 08", new Response.CommEventCounter(true, 0x0108));
    assertWire(
        "0c",
        "0c 08 00 00 01 08 01 21 20 00",
        new Response.CommEventLog(false, 0x0108, 0x0121, ByteBlock.of(0x20, 0)));
    assertWire(
        "14 0e 06 00 04 00 01 00 02 06 00 03 00 09 00 02",
        "14 0c 05 06 0d fe 00 20 05 06 33 cd 00 40",
        new Response.FileRecords(
            List.of(RegisterBlock.of(0x0DFE, 0x0020), RegisterBlock.of(0x33CD, 0x0040))));
    assertWire(
        "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d",
        "15 0d 06 00 04 00 07 00 03 06 af 04 be 10 0d",
        Response.Written.INSTANCE);
    assertWire(
        "18 04 de",
        "18 00 06 00 02 01 b8 12 84",
        new Response.FifoQueue(RegisterBlock.of(0x01B8, 0x1284)));
    assertWire(
        "2b 0e 01 00",
        "2b 0e 01 01 00 00 03"
            + " 00 16 43 6f 6d 70 61 6e 79 20 69 64 65 6e 74 69 66 69 63 61 74 69 6f 6e"
            + " 01 0f 50 72 6f 64 75 63 74 20 63 6f 64 65 20 58 58"
            + " 02 05 56 32 2e 31 31",
        new Response.DeviceIdentification(
            1,
            1,
            false,
            0,
            List.of(
                DeviceObject.of(DeviceObject.VENDOR_NAME, "Company identification"),
                DeviceObject.of(DeviceObject.PRODUCT_CODE, "Product code XX"),
                DeviceObject.of(DeviceObject.REVISION, "V2.11"))));
  }

  @Covers(Requirement.REPORT_SERVER_ID)
  @Test
  void aServerIdHoldsItsRunIndicator() {
    Response.ServerId running =
        Response.ServerId.of(ByteBlock.of(0x42), true, ByteBlock.of(0x31, 0x30));
    assertWire("11", "11 04 42 ff 31 30", running);
    assertTrue(running.isRunning(1));
    assertWire(
        "11", "11 02 42 00", Response.ServerId.of(ByteBlock.of(0x42), false, ByteBlock.EMPTY));
  }

  @Test
  void whatWasWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    for (int i = 0; i < 1_000; i++) {
      Request request = Wire.anyDiagnosis(random);
      Response response = Wire.anyResponse(random, request);
      RequestHead head = head(Wire.pdu(request));
      int length = ResponseEncoder.encode(head, response, pdu, 0);
      Outcome expected =
          response instanceof Response.Refusal refusal
              ? new Outcome.Refused(refusal)
              : new Outcome.Answered(response);
      assertEquals(expected, decoder.decode(head, pdu, 0, length));
    }
  }

  @Covers({Requirement.SERIAL_ANSWER_IS_CHECKED, Requirement.TCP_ANSWER_IS_CHECKED})
  @ParameterizedTest
  @CsvSource({
    "07, 07",
    "07, 07 6d 00",
    "08 00 00 a5 37, 08 00 00 a5 38",
    "08 00 00 a5 37, 08 00 00 a5",
    "08 00 00 a5 37, 08 00 00 a5 37 00",
    "08 00 0b 00 00, 08 00 0c 00 07", // another sub-function
    "08 00 0b 00 00, 08 00 0b 00",
    "08 00 01 ff 00, 08 00 01 00 00",
    "0b, 0b 00 00 01",
    "0c, 0c 08 00 00 01 08 01 21 20",
    "0c, 0c 05 00 00 01 08 01",
    "0c, 0c 47 00 00 01 08 01",
    "11, 11 00",
    "11, 11 03 42 ff",
    "14 07 06 00 04 00 01 00 01, 14 06 05 06 0d fe 00 20", // more than was asked
    "14 07 06 00 04 00 01 00 01, 14 04 03 05 0d fe", // reference type
    "14 07 06 00 04 00 01 00 01, 14 04 04 06 0d fe",
    "14 07 06 00 04 00 01 00 01, 14 04 03 06 0d",
    "15 09 06 00 04 00 07 00 01 00 05, 15 09 06 00 04 00 07 00 01 00 06",
    "15 09 06 00 04 00 07 00 01 00 05, 15 09 06 00 04 00 07 00 01 00",
    "18 04 de, 18 00 06 00 03 01 b8 12 84",
    "18 04 de, 18 00 05 00 01 01 b8 12",
    "18 04 de, 18 00 00",
    "18 04 de, 18 06 00 02 01 b8 12 84",
    "2b 0e 01 00, 2b 0d 01 01 00 00 00", // MEI type
    "2b 0e 01 00, 2b 0e 02 01 00 00 00", // code
    "2b 0e 01 00, 2b 0e 01 01 01 00 00", // more follows
    "2b 0e 01 00, 2b 0e 01 01 00 00 01 00 03 41 42", // object cut off
    "2b 0e 01 00, 2b 0e 01 01 00 00 01 00 01 41 42", // bytes behind
    "2b 0e 04 02, 2b 0e 04 81 00 00 01 01 01 41", // another object
    "2b 0e 04 02, 2b 0e 04 81 00 00 00",
    "2b 0e 04 02, 2b 0e 04 81 ff 00 01 02 01 41",
  })
  void aResponseThatIsNotTheRequestsIsRefused(String request, String pdu) {
    byte[] bytes = Wire.hex(pdu);
    assertEquals(
        new Outcome.Noise(NoiseReason.WRONG_CONTENT),
        decoder.decode(head(Wire.hex(request)), bytes, 0, bytes.length));
  }

  @Covers(Requirement.FIFO_QUEUE)
  @Test
  void aQueueOfMoreThanThirtyOneRegistersIsNoAnswer() {
    byte[] pdu = Arrays.copyOf(Wire.hex("18 00 42 00 20"), 5 + 64);
    assertEquals(
        new Outcome.Noise(NoiseReason.WRONG_CONTENT),
        decoder.decode(head(Wire.hex("18 00 00")), pdu, 0, pdu.length));
    byte[] most = Arrays.copyOf(Wire.hex("18 00 40 00 1f"), 5 + 62);
    assertEquals(
        new Outcome.Answered(new Response.FifoQueue(RegisterBlock.of(new int[31]))),
        decoder.decode(head(Wire.hex("18 00 00")), most, 0, most.length));
  }

  @Covers(Requirement.RESPONSE_FITS_REQUEST)
  @Test
  void anExecutorMustAnswerWhatWasAsked() {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    RequestHead files = head(Wire.hex("14 07 06 00 04 00 01 00 02"));
    RequestHead fifo = head(Wire.hex("18 00 00"));
    RequestHead single = head(Wire.hex("2b 0e 04 02"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ResponseEncoder.encode(
                files, new Response.FileRecords(List.of(RegisterBlock.of(1))), pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResponseEncoder.encode(fifo, Response.Written.INSTANCE, pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ResponseEncoder.encode(fifo, new Response.ExceptionStatus(1), pdu, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ResponseEncoder.encode(
                single,
                new Response.DeviceIdentification(
                    4, 0x81, false, 0, List.of(DeviceObject.of(1, "x"))),
                pdu,
                0));
  }

  @Test
  void aUserDefinedResponseHasTheLengthThatItsFunctionTells() {
    UserFunction function = new UserFunction(100, PduLength.fixed(1), PduLength.byteCountAt(1));
    RequestHead head = new RequestHead(UserFunctions.of(function));
    byte[] request = Wire.hex("64");
    head.set(request, 0, 1);
    byte[] pdu = Wire.hex("64 02 01 02");
    Outcome answered = new Outcome.Answered(new Response.UserDefined(ByteBlock.of(2, 1, 2)));
    assertEquals(answered, decoder.decode(head, pdu, 0, 4));
    assertEquals(new Outcome.Noise(NoiseReason.WRONG_CONTENT), decoder.decode(head, pdu, 0, 3));
    assertEquals(answered, decoder.decode(head(request), pdu, 0, 4));
  }

  @Test
  void theFirstBytesOfAnAnswerTellItsLength() {
    SplittableRandom random = new SplittableRandom(8);
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    for (int i = 0; i < 1_000; i++) {
      Request request = i % 2 == 0 ? Wire.anyRequest(random) : Wire.anyDiagnosis(random);
      RequestHead head = head(Wire.pdu(request));
      Response response = Wire.anyResponse(random, request);
      if (response instanceof Response.Refusal) {
        continue;
      }
      int length = ResponseEncoder.encode(head, response, pdu, 0);
      for (int available = 1; available <= length; available++) {
        int told = head.responseLength(pdu, 0, available);
        assertTrue(available < length ? told > available : told == length, request::toString);
        assertTrue(head.isAnsweredBy(pdu, 0, available), request::toString);
      }
    }
  }

  private void assertWire(String request, String pdu, Response response) {
    RequestHead head = head(Wire.hex(request));
    byte[] bytes = Wire.hex(pdu);
    byte[] written = new byte[RequestEncoder.MAX_PDU_BYTES];
    int length = ResponseEncoder.encode(head, response, written, 0);
    assertArrayEquals(bytes, Arrays.copyOf(written, length));
    assertEquals(new Outcome.Answered(response), decoder.decode(head, bytes, 0, bytes.length));
  }

  private static RequestHead head(byte[] pdu) {
    RequestHead head = new RequestHead();
    head.set(pdu, 0, pdu.length);
    return head;
  }

  @Covers(Requirement.ANY_BYTES)
  @ParameterizedTest
  @CsvSource({
    "08, 08",
    "08 00, 08 00",
    "08 00 05 00 00, 08 00 05 00 00",
    "2b 0e 05 00, 2b 0e 05 81 00 00 00"
  })
  void aRequestThatNoClientSendsHasNoResponse(String request, String response) {
    RequestHead head = new RequestHead();
    byte[] asked = Wire.hex(request);
    head.set(asked, 0, asked.length);
    byte[] answer = Wire.hex(response);
    assertEquals(
        new Outcome.Noise(NoiseReason.WRONG_CONTENT),
        decoder.decode(head, answer, 0, answer.length));
  }
}
