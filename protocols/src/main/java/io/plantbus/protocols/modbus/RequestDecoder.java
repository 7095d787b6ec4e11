package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import org.jspecify.annotations.Nullable;

/// Reads requests from protocol data units, in the order of checks of the specification: function
/// (exception 01), then lengths, quantities and values (03), then addresses past 65535 (02).
/// Whether an address exists is for the executor to say (AP 6, 7).
public final class RequestDecoder {
  /// The answer of [#length]: more bytes are needed to tell.
  public static final int NEEDS_MORE = 0;

  /// The answer of [#length]: the function is not known here.
  public static final int UNKNOWN = -1;

  private RequestDecoder() {}

  /// What became of the bytes of a request.
  public sealed interface Decoded {
    /// A request to execute.
    ///
    /// @param request its blocks are views of the bytes it was read from
    record WellFormed(Request request) implements Decoded {}

    /// A request to refuse.
    ///
    /// @param code 01, 02 or 03
    record Malformed(ExceptionCode code) implements Decoded {}
  }

  static final Decoded FUNCTION = new Decoded.Malformed(ExceptionCode.ILLEGAL_FUNCTION);
  static final Decoded VALUE = new Decoded.Malformed(ExceptionCode.ILLEGAL_DATA_VALUE);
  static final Decoded ADDRESS = new Decoded.Malformed(ExceptionCode.ILLEGAL_DATA_ADDRESS);

  /// Reads one request.
  ///
  /// @param length bytes of the protocol data unit, at least 1; it must be exactly what the
  ///   function and its byte count ask for
  public static Decoded decode(byte[] pdu, int offset, int length) {
    return decode(UserFunctions.NONE, pdu, offset, length);
  }

  /// Reads one request, user-defined ones included.
  ///
  /// @param functions those that are known besides the specification's
  public static Decoded decode(UserFunctions functions, byte[] pdu, int offset, int length) {
    return switch (pdu[offset]) {
      case 1 -> read(DataTable.COILS, pdu, offset, length);
      case 2 -> read(DataTable.DISCRETE_INPUTS, pdu, offset, length);
      case 3 -> read(DataTable.HOLDING_REGISTERS, pdu, offset, length);
      case 4 -> read(DataTable.INPUT_REGISTERS, pdu, offset, length);
      case 5 -> writeCoil(pdu, offset, length);
      case 6 ->
          length == 5
              ? accept(
                  new Request.WriteSingleRegister(word(pdu, offset + 1), word(pdu, offset + 3)))
              : VALUE;
      case 15 -> writeCoils(pdu, offset, length);
      case 16 -> writeRegisters(pdu, offset, length);
      case 22 ->
          length == 7
              ? accept(
                  new Request.MaskWriteRegister(
                      word(pdu, offset + 1), word(pdu, offset + 3), word(pdu, offset + 5)))
              : VALUE;
      case 23 -> readWrite(pdu, offset, length);
      case 7, 8, 11, 12, 17, 20, 21, 24, 43 -> ServiceRequestCodec.decode(pdu, offset, length);
      default -> userDefined(functions, pdu, offset, length);
    };
  }

  /// Length of the protocol data unit that the bytes begin, by function and byte count.
  ///
  /// @param available bytes that are there, 0 or more
  /// @return 1..265 (more than [RequestEncoder#MAX_PDU_BYTES] is never valid), or [#NEEDS_MORE], or
  ///   [#UNKNOWN]
  public static int length(byte[] pdu, int offset, int available) {
    return length(UserFunctions.NONE, pdu, offset, available);
  }

  /// The same where user-defined functions are known.
  public static int length(UserFunctions functions, byte[] pdu, int offset, int available) {
    if (available < 1) {
      return NEEDS_MORE;
    }
    return switch (pdu[offset]) {
      case 1, 2, 3, 4, 5, 6 -> 5;
      case 15, 16 -> available < 6 ? NEEDS_MORE : 6 + (pdu[offset + 5] & 0xFF);
      case 22 -> 7;
      case 23 -> available < 10 ? NEEDS_MORE : 10 + (pdu[offset + 9] & 0xFF);
      case 7, 11, 12, 17 -> 1;
      case 8 -> available < 3 ? NEEDS_MORE : diagnosticsLength(word(pdu, offset + 1));
      case 20, 21 -> available < 2 ? NEEDS_MORE : 2 + (pdu[offset + 1] & 0xFF);
      case 24 -> 3;
      case 43 ->
          available < 2
              ? NEEDS_MORE
              : pdu[offset + 1] == ServiceRequestCodec.MEI_READ_DEVICE_ID ? 4 : UNKNOWN;
      default -> userDefinedLength(functions.find(pdu[offset]), pdu, offset, available);
    };
  }

  /// Nothing tells the length of data that is sent back as it is.
  private static int diagnosticsLength(int code) {
    SubFunction subFunction = SubFunction.of(code);
    return subFunction == null || subFunction == SubFunction.RETURN_QUERY_DATA ? UNKNOWN : 5;
  }

  private static int userDefinedLength(
      @Nullable UserFunction function, byte[] pdu, int offset, int available) {
    int length = function == null ? 0 : function.request().atLeast(pdu, offset, available);
    if (length <= 0) {
      return UNKNOWN;
    }
    return length <= available ? length : NEEDS_MORE;
  }

  private static Decoded userDefined(UserFunctions functions, byte[] pdu, int offset, int length) {
    UserFunction function = functions.find(pdu[offset]);
    if (function == null) {
      return FUNCTION;
    }
    return function.request().atLeast(pdu, offset, length) == length
        ? accept(
            new Request.UserDefined(function.code(), ByteBlock.copyOf(pdu, offset + 1, length - 1)))
        : VALUE;
  }

  private static Decoded read(DataTable table, byte[] pdu, int offset, int length) {
    if (length != 5) {
      return VALUE;
    }
    int start = word(pdu, offset + 1);
    int count = word(pdu, offset + 3);
    if (!isQuantity(count, table.maxReadCount())) {
      return VALUE;
    }
    return AddressRange.isValid(start, count)
        ? accept(new Request.Read(table, new AddressRange(start, count)))
        : ADDRESS;
  }

  private static Decoded writeCoil(byte[] pdu, int offset, int length) {
    if (length != 5) {
      return VALUE;
    }
    int value = word(pdu, offset + 3);
    return value == 0 || value == 0xFF00
        ? accept(new Request.WriteSingleCoil(word(pdu, offset + 1), value != 0))
        : VALUE;
  }

  private static Decoded writeCoils(byte[] pdu, int offset, int length) {
    if (length < 6) {
      return VALUE;
    }
    int start = word(pdu, offset + 1);
    int count = word(pdu, offset + 3);
    int bytes = pdu[offset + 5] & 0xFF;
    if (!isQuantity(count, 1968) || bytes != BitBlock.bytesFor(count) || length != 6 + bytes) {
      return VALUE;
    }
    return AddressRange.isValid(start, count)
        ? accept(new Request.WriteMultipleCoils(start, BitBlock.view(pdu, offset + 6, count)))
        : ADDRESS;
  }

  private static Decoded writeRegisters(byte[] pdu, int offset, int length) {
    if (length < 6) {
      return VALUE;
    }
    int start = word(pdu, offset + 1);
    int count = word(pdu, offset + 3);
    int bytes = pdu[offset + 5] & 0xFF;
    if (!isQuantity(count, 123) || bytes != 2 * count || length != 6 + bytes) {
      return VALUE;
    }
    return AddressRange.isValid(start, count)
        ? accept(
            new Request.WriteMultipleRegisters(start, RegisterBlock.view(pdu, offset + 6, count)))
        : ADDRESS;
  }

  private static Decoded readWrite(byte[] pdu, int offset, int length) {
    if (length < 10) {
      return VALUE;
    }
    int readStart = word(pdu, offset + 1);
    int readCount = word(pdu, offset + 3);
    int writeStart = word(pdu, offset + 5);
    int writeCount = word(pdu, offset + 7);
    int bytes = pdu[offset + 9] & 0xFF;
    if (!isQuantity(readCount, 125)
        || !isQuantity(writeCount, 121)
        || bytes != 2 * writeCount
        || length != 10 + bytes) {
      return VALUE;
    }
    if (!AddressRange.isValid(readStart, readCount)
        || !AddressRange.isValid(writeStart, writeCount)) {
      return ADDRESS;
    }
    return accept(
        new Request.ReadWriteMultipleRegisters(
            new AddressRange(readStart, readCount),
            writeStart,
            RegisterBlock.view(pdu, offset + 10, writeCount)));
  }

  static Decoded accept(Request request) {
    return new Decoded.WellFormed(request);
  }

  private static boolean isQuantity(int count, int most) {
    return count >= 1 && count <= most;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
