package io.plantbus.protocols.modbus;

import static io.plantbus.protocols.modbus.ServiceRequestCodec.putWord;
import static io.plantbus.protocols.modbus.ServiceRequestCodec.word;

import io.plantbus.protocols.ByteBlock;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes the responses that do not concern the four tables.
public final class ServiceResponseCodec {
  private static final int BUSY = 0xFFFF;

  private ServiceResponseCodec() {}

  /// Reads a response that [RequestHead#isAnsweredBy] found to be the request's, whole.
  ///
  /// @param length bytes of the protocol data unit
  public static Response decode(RequestHead request, byte[] pdu, int offset, int length) {
    return switch (request.function()) {
      case 7 -> new Response.ExceptionStatus(pdu[offset + 1] & 0xFF);
      case 8 ->
          new Response.Diagnostics(
              request.subFunction(), ByteBlock.copyOf(pdu, offset + 3, length - 3));
      case 11 -> new Response.CommEventCounter(word(pdu, offset + 1) != 0, word(pdu, offset + 3));
      case 12 ->
          new Response.CommEventLog(
              word(pdu, offset + 2) != 0,
              word(pdu, offset + 4),
              word(pdu, offset + 6),
              ByteBlock.copyOf(pdu, offset + 8, length - 8));
      case 17 -> new Response.ServerId(ByteBlock.copyOf(pdu, offset + 2, length - 2));
      case 20 -> files(pdu, offset, length);
      case 21 -> Response.Written.INSTANCE;
      case 24 -> new Response.FifoQueue(registers(pdu, offset + 5, (length - 5) / 2));
      case 43 -> identification(pdu, offset);
      default -> new Response.UserDefined(ByteBlock.copyOf(pdu, offset + 1, length - 1));
    };
  }

  private static Response files(byte[] pdu, int offset, int length) {
    List<RegisterBlock> records = new ArrayList<>();
    for (int at = offset + 2; at < offset + length; at += 1 + (pdu[at] & 0xFF)) {
      records.add(registers(pdu, at + 2, (pdu[at] & 0xFF) / 2));
    }
    return new Response.FileRecords(records);
  }

  private static RegisterBlock registers(byte[] pdu, int at, int count) {
    return RegisterBlock.view(pdu, at, count).copy();
  }

  private static Response identification(byte[] pdu, int offset) {
    List<DeviceObject> objects = new ArrayList<>();
    int at = offset + 7;
    for (int left = pdu[offset + 6] & 0xFF; left > 0; left--) {
      int bytes = pdu[at + 1] & 0xFF;
      objects.add(new DeviceObject(pdu[at] & 0xFF, ByteBlock.copyOf(pdu, at + 2, bytes)));
      at += 2 + bytes;
    }
    return new Response.DeviceIdentification(
        pdu[offset + 2],
        pdu[offset + 3] & 0xFF,
        pdu[offset + 4] != 0,
        pdu[offset + 5] & 0xFF,
        objects);
  }

  /// Writes a response.
  ///
  /// @param function the request's function code
  /// @param into with room for [RequestEncoder#MAX_PDU_BYTES] from `at` on
  /// @return bytes written, 1..253
  /// @throws IllegalArgumentException if file records do not fit one answer
  static int encode(int function, Response.Service response, byte[] into, int at) {
    into[at] = (byte) function;
    return switch (response) {
      case Response.ExceptionStatus(int outputs) -> {
        into[at + 1] = (byte) outputs;
        yield 2;
      }
      case Response.Diagnostics(SubFunction subFunction, ByteBlock data) -> {
        putWord(into, at + 1, subFunction.code());
        data.copyTo(into, at + 3);
        yield 3 + data.length();
      }
      case Response.CommEventCounter(boolean busy, int events) -> {
        putWord(into, at + 1, busy ? BUSY : 0);
        putWord(into, at + 3, events);
        yield 5;
      }
      case Response.CommEventLog(boolean busy, int events, int messages, ByteBlock log) -> {
        into[at + 1] = (byte) (6 + log.length());
        putWord(into, at + 2, busy ? BUSY : 0);
        putWord(into, at + 4, events);
        putWord(into, at + 6, messages);
        log.copyTo(into, at + 8);
        yield 8 + log.length();
      }
      case Response.ServerId(ByteBlock data) -> {
        into[at + 1] = (byte) data.length();
        data.copyTo(into, at + 2);
        yield 2 + data.length();
      }
      case Response.FileRecords(List<RegisterBlock> records) -> putFiles(records, into, at);
      case Response.FifoQueue(RegisterBlock registers) -> {
        putWord(into, at + 1, 2 + 2 * registers.count());
        putWord(into, at + 3, registers.count());
        registers.copyTo(into, at + 5);
        yield 5 + 2 * registers.count();
      }
      case Response.DeviceIdentification identification ->
          putIdentification(identification, into, at);
      case Response.UserDefined(ByteBlock data) -> {
        data.copyTo(into, at + 1);
        yield 1 + data.length();
      }
    };
  }

  private static int putFiles(List<RegisterBlock> records, byte[] into, int at) {
    int end = at + 2;
    for (RegisterBlock registers : records) {
      int bytes = 2 * registers.count();
      if (end - at + 2 + bytes > RequestEncoder.MAX_PDU_BYTES) {
        throw new IllegalArgumentException("the records do not fit one answer");
      }
      into[end] = (byte) (1 + bytes);
      into[end + 1] = FileSpan.REFERENCE_TYPE;
      registers.copyTo(into, end + 2);
      end += 2 + bytes;
    }
    into[at + 1] = (byte) (end - at - 2);
    return end - at;
  }

  private static int putIdentification(
      Response.DeviceIdentification identification, byte[] into, int at) {
    into[at + 1] = ServiceRequestCodec.MEI_READ_DEVICE_ID;
    into[at + 2] = (byte) identification.code();
    into[at + 3] = (byte) identification.conformity();
    into[at + 4] = (byte) (identification.more() ? 0xFF : 0);
    into[at + 5] = (byte) identification.nextObjectId();
    into[at + 6] = (byte) identification.objects().size();
    int end = at + 7;
    for (DeviceObject object : identification.objects()) {
      into[end] = (byte) object.id();
      into[end + 1] = (byte) object.value().length();
      object.value().copyTo(into, end + 2);
      end += 2 + object.value().length();
    }
    return end - at;
  }
}
