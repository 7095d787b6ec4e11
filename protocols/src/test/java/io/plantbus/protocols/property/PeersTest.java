package io.plantbus.protocols.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.Wire;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Our codec beside those of two other implementations.
class PeersTest {
  private static final int RUNS = 2_000;
  private static final Set<Integer> SHARED = Set.of(1, 2, 3, 4, 5, 6, 15, 16, 22, 23);

  @Covers(Requirement.DIFFERENT_IMPLEMENTATIONS)
  @ParameterizedTest
  @EnumSource
  void theyReadAndWriteOurRequestsAsTheSameBytes(Peer peer) {
    Seed.times(
        RUNS,
        random -> {
          byte[] pdu = Wire.pdu(anyShared(random));
          assertEquals(Wire.hex(pdu), rewritten(peer, true, pdu));
        });
  }

  @Covers(Requirement.DIFFERENT_IMPLEMENTATIONS)
  @ParameterizedTest
  @EnumSource
  void theyReadAndWriteOurResponsesAsTheSameBytes(Peer peer) {
    RequestHead head = new RequestHead();
    byte[] bytes = new byte[RequestEncoder.MAX_PDU_BYTES];
    Seed.times(
        RUNS,
        random -> {
          Request request = anyShared(random);
          Response response = Wire.anyResponse(random, request);
          byte[] asked = Wire.pdu(request);
          head.set(asked, 0, asked.length);
          int length = ResponseEncoder.encode(head, response, bytes, 0);
          byte[] pdu = Arrays.copyOf(bytes, length);
          if (!(response instanceof Response.Refusal)) {
            assertEquals(withKnownFaults(peer, pdu), rewritten(peer, false, pdu));
          }
        });
  }

  /// j2mod forgets the function code of the answer to writing coils that it reads.
  private static String withKnownFaults(Peer peer, byte[] response) {
    if (peer == Peer.J2MOD && response[0] == 15) {
      response[0] = 0;
      String faulty = Wire.hex(response);
      response[0] = 15;
      return faulty;
    }
    return Wire.hex(response);
  }

  /// Bytes that mean the same could still be understood otherwise on both of their ways.
  @Covers(Requirement.DIFFERENT_IMPLEMENTATIONS)
  @Test
  void requestsFormedByDigitalpetriAreReadAsMeant() {
    Seed.times(
        RUNS,
        random -> {
          Request request = anyShared(random);
          ModbusRequestPdu theirs = theirs(request, Wire.pdu(request));
          ByteBuffer written = ByteBuffer.allocate(RequestEncoder.MAX_PDU_BYTES);
          try {
            DefaultRequestSerializer.INSTANCE.encode(theirs, written);
          } catch (Exception refused) {
            throw new AssertionError(refused);
          }
          assertEquals(
              new Decoded.WellFormed(request),
              RequestDecoder.decode(written.array(), 0, written.position()));
        });
  }

  private static ModbusRequestPdu theirs(Request request, byte[] pdu) {
    return switch (request) {
      case Request.WriteSingleCoil(int address, boolean on) ->
          new WriteSingleCoilRequest(address, on);
      case Request.WriteSingleRegister(int address, int value) ->
          new WriteSingleRegisterRequest(address, value);
      case Request.WriteMultipleCoils write ->
          new WriteMultipleCoilsRequest(write.start(), write.bits().count(), tail(pdu, 6));
      case Request.WriteMultipleRegisters write ->
          new WriteMultipleRegistersRequest(write.start(), write.registers().count(), tail(pdu, 6));
      case Request.MaskWriteRegister(int address, int and, int or) ->
          new MaskWriteRegisterRequest(address, and, or);
      case Request.ReadWriteMultipleRegisters both ->
          new ReadWriteMultipleRegistersRequest(
              both.read().start(),
              both.read().count(),
              both.writeStart(),
              both.registers().count(),
              tail(pdu, 10));
      case Request.Read(DataTable table, AddressRange range) ->
          switch (table) {
            case COILS -> new ReadCoilsRequest(range.start(), range.count());
            case DISCRETE_INPUTS -> new ReadDiscreteInputsRequest(range.start(), range.count());
            case HOLDING_REGISTERS -> new ReadHoldingRegistersRequest(range.start(), range.count());
            case INPUT_REGISTERS -> new ReadInputRegistersRequest(range.start(), range.count());
          };
      case Request other -> throw new AssertionError("not shared: " + other);
    };
  }

  /// What the others make of requests that are not allowed: their known faults. All are refused
  /// with 03 here.
  @Covers(Requirement.DIFFERENT_IMPLEMENTATIONS)
  @ParameterizedTest
  @CsvSource({
    "03 00 00 00 00, read, read", // no register
    "03 00 00 00 7e, read, read", // 126 registers
    "03 00 00 00 01 00 00, read, read", // bytes left over
    "05 00 ac 12 34, read, read", // neither on nor off
    "06 00 01 00 03 00, read, read", // a byte left over
    "0f 00 13 00 0a 03 cd 01 00, read, read", // byte count of three for ten coils
    "0f 00 13 00 0a 01 cd, read, read", // byte count of one for ten coils
    "10 00 01 00 02 02 00 0a, refused, read", // byte count of two for two registers
    "10 00 01 00 01 04 00 0a 00 0b, read, read", // byte count of four for one register
    "10 00 01 00 02 04 00 0a, refused, refused", // bytes missing
    "17 00 03 00 00 00 0e 00 01 02 00 ff, read, read", // reads nothing
    "17 00 03 00 01 00 0e 00 02 02 00 ff, refused, read", // byte count of two for two registers
  })
  void whatIsNotAllowedIsRefusedHereAndKnownOfTheOthers(
      String pdu, String j2mod, String digitalpetri) {
    byte[] bytes = Wire.hex(pdu);
    assertEquals(
        new Decoded.Malformed(ExceptionCode.ILLEGAL_DATA_VALUE),
        RequestDecoder.decode(bytes, 0, bytes.length));
    assertEquals(
        j2mod + " by j2mod, " + digitalpetri + " by digitalpetri",
        verdict(Peer.J2MOD, bytes)
            + " by j2mod, "
            + verdict(Peer.DIGITALPETRI, bytes)
            + " by digitalpetri");
  }

  private static String verdict(Peer peer, byte[] pdu) {
    try {
      peer.request(pdu);
      return "read";
    } catch (Exception refused) {
      return "refused";
    }
  }

  private static String rewritten(Peer peer, boolean request, byte[] pdu) {
    try {
      return Wire.hex(request ? peer.request(pdu) : peer.response(pdu));
    } catch (Exception refused) {
      throw new AssertionError(Wire.hex(pdu), refused);
    }
  }

  private static Request anyShared(SplittableRandom random) {
    Request request = Wire.anyRequest(random);
    while (!SHARED.contains(request.functionCode())) {
      request = Wire.anyRequest(random);
    }
    return request;
  }

  private static byte[] tail(byte[] pdu, int from) {
    return Arrays.copyOfRange(pdu, from, pdu.length);
  }
}
