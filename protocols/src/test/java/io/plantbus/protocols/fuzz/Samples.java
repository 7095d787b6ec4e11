package io.plantbus.protocols.fuzz;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.Wire;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Valid requests and answers that scripts name by one byte, made once.
final class Samples {
  private static final int REQUEST_COUNT = 256;
  private static final int RESPONSE_COUNT = 8;

  /// Requests of which one is a diagnosis.
  private static final int DIAGNOSIS_EVERY = 8;

  private static final int MOST_BITS = 2_000;

  private static final Request[] REQUESTS = new Request[REQUEST_COUNT];
  private static final byte[][] REQUEST_PDUS = new byte[REQUEST_COUNT][];
  private static final RequestHead[] HEADS = new RequestHead[REQUEST_COUNT];
  private static final Response[][] RESPONSES = new Response[REQUEST_COUNT][RESPONSE_COUNT];
  private static final byte[][][] RESPONSE_PDUS = new byte[REQUEST_COUNT][RESPONSE_COUNT][];

  /// Responses by their number and how many elements they bring; none for a write.
  private static final @Nullable Response[][] BITS =
      new @Nullable Response[RESPONSE_COUNT][MOST_BITS + 1];

  private static final @Nullable Response[][] REGISTERS =
      new @Nullable Response[RESPONSE_COUNT][126];
  private static final Response[] WRITTEN = new Response[RESPONSE_COUNT];

  static {
    byte[] pdu = new byte[RequestEncoder.MAX_PDU_BYTES];
    for (int i = 0; i < REQUEST_COUNT; i++) {
      SplittableRandom random = new SplittableRandom(i);
      REQUESTS[i] = i % DIAGNOSIS_EVERY == 0 ? Wire.anyDiagnosis(random) : Wire.anyRequest(random);
      REQUEST_PDUS[i] = Wire.pdu(REQUESTS[i]);
      HEADS[i] = new RequestHead();
      HEADS[i].set(REQUEST_PDUS[i], 0, REQUEST_PDUS[i].length);
      for (int j = 0; j < RESPONSE_COUNT; j++) {
        RESPONSES[i][j] = Wire.anyResponse(new SplittableRandom(j), REQUESTS[i]);
        int length = ResponseEncoder.encode(HEADS[i], RESPONSES[i][j], pdu, 0);
        RESPONSE_PDUS[i][j] = Arrays.copyOf(pdu, length);
      }
    }
    for (int j = 0; j < RESPONSE_COUNT; j++) {
      WRITTEN[j] = Wire.anyResponse(new SplittableRandom(j), new Request.WriteSingleCoil(0, false));
    }
  }

  private Samples() {}

  /// One of 256 requests of all functions.
  static Request request(int number) {
    return REQUESTS[number & 0xFF];
  }

  /// What the response to one of the requests depends on.
  static RequestHead head(int number) {
    return HEADS[number & 0xFF];
  }

  /// A response that fits any request, one of eight.
  static Response response(Request request, int number) {
    int one = number % RESPONSE_COUNT;
    return switch (request) {
      case Request.Read(DataTable table, AddressRange range) ->
          known(table.isBits() ? BITS[one] : REGISTERS[one], range.count(), one, request);
      case Request.ReadWriteMultipleRegisters both ->
          known(REGISTERS[one], both.read().count(), one, request);
      case Request.WriteSingleCoil _,
          Request.WriteSingleRegister _,
          Request.WriteMultipleCoils _,
          Request.WriteMultipleRegisters _,
          Request.MaskWriteRegister _ ->
          WRITTEN[one];
      case Request.Service _ -> Wire.anyResponse(new SplittableRandom(one), request);
    };
  }

  private static Response known(
      @Nullable Response[] responses, int count, int number, Request request) {
    Response made = responses[count];
    if (made == null) {
      made = Wire.anyResponse(new SplittableRandom(number), request);
      responses[count] = made;
    }
    return made;
  }

  /// The same request, independent of the buffer it was read from if its response depends on more
  /// than its numbers.
  ///
  /// @param body holds it from its second byte on
  static Request copy(Request request, byte[] body, int length) {
    return switch (request) {
      case Request.Read _, Request.WriteSingleCoil _, Request.WriteSingleRegister _ -> request;
      case Request.MaskWriteRegister _ -> request;
      case Request.WriteMultipleCoils _,
          Request.WriteMultipleRegisters _,
          Request.ReadWriteMultipleRegisters _,
          Request.Service _ ->
          read(Arrays.copyOfRange(body, 1, length));
    };
  }

  private static Request read(byte[] pdu) {
    if (RequestDecoder.decode(pdu, 0, pdu.length) instanceof Decoded.WellFormed(Request read)) {
      return read;
    }
    throw new AssertionError("what was written cannot be read");
  }

  /// Writes one of the requests.
  ///
  /// @return bytes of its protocol data unit
  static int put(int request, byte[] into, int at) {
    return copy(REQUEST_PDUS[request & 0xFF], into, at);
  }

  /// Writes a response to one of the requests, one of eight.
  ///
  /// @return bytes of its protocol data unit
  static int putResponse(int request, int number, byte[] into, int at) {
    return copy(RESPONSE_PDUS[request & 0xFF][number % RESPONSE_COUNT], into, at);
  }

  private static int copy(byte[] pdu, byte[] into, int at) {
    System.arraycopy(pdu, 0, into, at, pdu.length);
    return pdu.length;
  }
}
