package io.plantbus.protocols.modbus;

/// Writes requests as protocol data units (AP 6). Allocates nothing.
public final class RequestEncoder {
  /// The longest protocol data unit in bytes (AP 4.1).
  public static final int MAX_PDU_BYTES = 253;

  private RequestEncoder() {}

  /// Writes the function code and the data of a request.
  ///
  /// @param into with room for [#MAX_PDU_BYTES] from `at` on
  /// @return bytes written, 1..253
  public static int encode(Request request, byte[] into, int at) {
    into[at] = (byte) request.functionCode();
    switch (request) {
      case Request.Read read -> {
        putWord(into, at + 1, read.range().start());
        putWord(into, at + 3, read.range().count());
        return 5;
      }
      case Request.WriteSingleCoil write -> {
        putWord(into, at + 1, write.address());
        putWord(into, at + 3, write.on() ? 0xFF00 : 0);
        return 5;
      }
      case Request.WriteSingleRegister write -> {
        putWord(into, at + 1, write.address());
        putWord(into, at + 3, write.value());
        return 5;
      }
      case Request.WriteMultipleCoils write -> {
        int count = write.bits().count();
        putWord(into, at + 1, write.start());
        putWord(into, at + 3, count);
        into[at + 5] = (byte) BitBlock.bytesFor(count);
        write.bits().copyTo(into, at + 6);
        return 6 + BitBlock.bytesFor(count);
      }
      case Request.WriteMultipleRegisters write -> {
        putWord(into, at + 1, write.start());
        putRegisters(into, at + 3, write.registers());
        return 6 + 2 * write.registers().count();
      }
      case Request.MaskWriteRegister write -> {
        putWord(into, at + 1, write.address());
        putWord(into, at + 3, write.andMask());
        putWord(into, at + 5, write.orMask());
        return 7;
      }
      case Request.ReadWriteMultipleRegisters both -> {
        putWord(into, at + 1, both.read().start());
        putWord(into, at + 3, both.read().count());
        putWord(into, at + 5, both.writeStart());
        putRegisters(into, at + 7, both.registers());
        return 10 + 2 * both.registers().count();
      }
      case Request.Service service -> {
        return ServiceRequestCodec.encode(service, into, at);
      }
    }
  }

  private static void putRegisters(byte[] into, int at, RegisterBlock registers) {
    putWord(into, at, registers.count());
    into[at + 2] = (byte) (2 * registers.count());
    registers.copyTo(into, at + 3);
  }

  private static void putWord(byte[] into, int at, int word) {
    into[at] = (byte) (word >> 8);
    into[at + 1] = (byte) word;
  }
}
