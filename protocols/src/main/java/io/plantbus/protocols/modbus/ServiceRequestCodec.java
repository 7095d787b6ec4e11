package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes the requests that do not concern the four tables.
final class ServiceRequestCodec {
  /// Reads the identification of a device (AP 6.21).
  static final int MEI_READ_DEVICE_ID = 0x0E;

  private static final int SPAN_BYTES = 7;
  private static final int LEAST_READ = SPAN_BYTES;
  private static final int MOST_READ = 0xF5;
  private static final int LEAST_WRITE = SPAN_BYTES + 2;
  private static final int MOST_WRITE = 0xFB;

  private ServiceRequestCodec() {}

  static Decoded decode(byte[] pdu, int offset, int length) {
    return switch (pdu[offset]) {
      case 7 -> bare(new Request.ReadExceptionStatus(), length);
      case 8 -> diagnostics(pdu, offset, length);
      case 11 -> bare(new Request.GetCommEventCounter(), length);
      case 12 -> bare(new Request.GetCommEventLog(), length);
      case 17 -> bare(new Request.ReportServerId(), length);
      case 20 -> readFile(pdu, offset, length);
      case 21 -> writeFile(pdu, offset, length);
      case 24 ->
          length == 3
              ? RequestDecoder.accept(new Request.ReadFifoQueue(word(pdu, offset + 1)))
              : RequestDecoder.VALUE;
      case 43 -> identification(pdu, offset, length);
      default -> RequestDecoder.FUNCTION;
    };
  }

  private static Decoded bare(Request request, int length) {
    return length == 1 ? RequestDecoder.accept(request) : RequestDecoder.VALUE;
  }

  private static Decoded diagnostics(byte[] pdu, int offset, int length) {
    if (length < 3) {
      return RequestDecoder.VALUE;
    }
    SubFunction subFunction = SubFunction.of(word(pdu, offset + 1));
    if (subFunction == null) {
      return RequestDecoder.FUNCTION;
    }
    ByteBlock data = ByteBlock.copyOf(pdu, offset + 3, length - 3);
    return subFunction.accepts(data)
        ? RequestDecoder.accept(new Request.Diagnostics(subFunction, data))
        : RequestDecoder.VALUE;
  }

  private static Decoded readFile(byte[] pdu, int offset, int length) {
    int bytes = byteCount(pdu, offset, length);
    if (bytes < LEAST_READ || bytes > MOST_READ || bytes % SPAN_BYTES != 0) {
      return RequestDecoder.VALUE;
    }
    int answer = 2;
    boolean exists = true;
    for (int at = offset + 2; at < offset + length; at += SPAN_BYTES) {
      int count = word(pdu, at + 5);
      answer += 2 + 2 * count;
      if (count == 0 || answer > RequestEncoder.MAX_PDU_BYTES) {
        return RequestDecoder.VALUE;
      }
      exists &= isSpan(pdu, at);
    }
    if (!exists) {
      return RequestDecoder.ADDRESS;
    }
    List<FileSpan> spans = new ArrayList<>(bytes / SPAN_BYTES);
    for (int at = offset + 2; at < offset + length; at += SPAN_BYTES) {
      spans.add(new FileSpan(word(pdu, at + 1), word(pdu, at + 3), word(pdu, at + 5)));
    }
    return RequestDecoder.accept(new Request.ReadFileRecord(spans));
  }

  private static Decoded writeFile(byte[] pdu, int offset, int length) {
    int bytes = byteCount(pdu, offset, length);
    if (bytes < LEAST_WRITE || bytes > MOST_WRITE) {
      return RequestDecoder.VALUE;
    }
    int end = offset + length;
    boolean exists = true;
    for (int at = offset + 2; at < end; ) {
      int count = end - at < SPAN_BYTES ? 0 : word(pdu, at + 5);
      if (count == 0 || 2 * count > end - at - SPAN_BYTES) {
        return RequestDecoder.VALUE;
      }
      exists &= isSpan(pdu, at);
      at += SPAN_BYTES + 2 * count;
    }
    if (!exists) {
      return RequestDecoder.ADDRESS;
    }
    List<FileRecord> records = new ArrayList<>();
    for (int at = offset + 2; at < end; ) {
      int count = word(pdu, at + 5);
      RegisterBlock registers = RegisterBlock.view(pdu, at + SPAN_BYTES, count);
      records.add(new FileRecord(word(pdu, at + 1), word(pdu, at + 3), registers));
      at += SPAN_BYTES + 2 * count;
    }
    return RequestDecoder.accept(new Request.WriteFileRecord(records));
  }

  /// The byte count of a file request, or 0 unless it is the length of what follows.
  private static int byteCount(byte[] pdu, int offset, int length) {
    return length >= 2 && (pdu[offset + 1] & 0xFF) == length - 2 ? length - 2 : 0;
  }

  private static boolean isSpan(byte[] pdu, int at) {
    return pdu[at] == FileSpan.REFERENCE_TYPE
        && FileSpan.isValid(word(pdu, at + 1), word(pdu, at + 3), word(pdu, at + 5));
  }

  private static Decoded identification(byte[] pdu, int offset, int length) {
    if (length >= 2 && pdu[offset + 1] != MEI_READ_DEVICE_ID) {
      return RequestDecoder.FUNCTION;
    }
    if (length != 4 || pdu[offset + 2] < 1 || pdu[offset + 2] > 4) {
      return RequestDecoder.VALUE;
    }
    return RequestDecoder.accept(
        new Request.ReadDeviceIdentification(pdu[offset + 2], pdu[offset + 3] & 0xFF));
  }

  /// Writes what follows the function code.
  ///
  /// @return bytes of the whole protocol data unit
  static int encode(Request.Service request, byte[] into, int at) {
    return switch (request) {
      case Request.ReadExceptionStatus _,
          Request.GetCommEventCounter _,
          Request.GetCommEventLog _,
          Request.ReportServerId _ ->
          1;
      case Request.Diagnostics(SubFunction subFunction, ByteBlock data) -> {
        putWord(into, at + 1, subFunction.code());
        data.copyTo(into, at + 3);
        yield 3 + data.length();
      }
      case Request.ReadFileRecord(List<FileSpan> spans) -> {
        int end = at + 2;
        for (FileSpan span : spans) {
          end = putSpan(into, end, span);
        }
        into[at + 1] = (byte) (end - at - 2);
        yield end - at;
      }
      case Request.WriteFileRecord(List<FileRecord> records) -> {
        int end = at + 2;
        for (FileRecord one : records) {
          end = putSpan(into, end, one.span());
          one.registers().copyTo(into, end);
          end += 2 * one.registers().count();
        }
        into[at + 1] = (byte) (end - at - 2);
        yield end - at;
      }
      case Request.ReadFifoQueue(int address) -> {
        putWord(into, at + 1, address);
        yield 3;
      }
      case Request.ReadDeviceIdentification(int code, int objectId) -> {
        into[at + 1] = MEI_READ_DEVICE_ID;
        into[at + 2] = (byte) code;
        into[at + 3] = (byte) objectId;
        yield 4;
      }
      case Request.UserDefined(_, ByteBlock data) -> putBytes(data, into, at);
      case Request.Raw(_, ByteBlock data) -> putBytes(data, into, at);
    };
  }

  private static int putBytes(ByteBlock data, byte[] into, int at) {
    data.copyTo(into, at + 1);
    return 1 + data.length();
  }

  private static int putSpan(byte[] into, int at, FileSpan span) {
    into[at] = FileSpan.REFERENCE_TYPE;
    putWord(into, at + 1, span.file());
    putWord(into, at + 3, span.record());
    putWord(into, at + 5, span.count());
    return at + SPAN_BYTES;
  }

  static void putWord(byte[] into, int at, int word) {
    into[at] = (byte) (word >> 8);
    into[at + 1] = (byte) word;
  }

  static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
