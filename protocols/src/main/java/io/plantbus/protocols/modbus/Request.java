package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import java.util.List;

/// What a client asks of a server: one protocol data unit, at most 253 bytes on the wire (AP 4.1).
///
/// A request that exists is well formed: its quantities are within the specification's limits.
public sealed interface Request {
  /// The function code, 1..127.
  int functionCode();

  /// Whether executing it changes nothing in the server.
  default boolean isReadOnly() {
    return switch (this) {
      case Read _,
          ReadExceptionStatus _,
          GetCommEventCounter _,
          GetCommEventLog _,
          ReportServerId _,
          ReadFileRecord _,
          ReadFifoQueue _,
          ReadDeviceIdentification _ ->
          true;
      case Diagnostics(SubFunction subFunction, _) -> subFunction.isReadOnly();
      case WriteSingleCoil _,
          WriteSingleRegister _,
          WriteMultipleCoils _,
          WriteMultipleRegisters _,
          MaskWriteRegister _,
          ReadWriteMultipleRegisters _,
          WriteFileRecord _,
          UserDefined _,
          Raw _ ->
          false;
    };
  }

  /// Whether it may be sent to all servers of a serial line at once: only what is of use without an
  /// answer may (SL 2.1). A user-defined function always may, its meaning is its owner's; so may a
  /// raw one.
  default boolean isBroadcastable() {
    return !isReadOnly() && !(this instanceof ReadWriteMultipleRegisters);
  }

  /// What is neither reading nor writing the four tables.
  sealed interface Service extends Request {}

  /// Function codes 1 to 4: read consecutive elements of one table (AP 6.1 to 6.4).
  ///
  /// @param table which table
  /// @param range 1..2000 bits or 1..125 registers
  record Read(DataTable table, AddressRange range) implements Request {
    public Read {
      requireCount(range.count(), table.maxReadCount());
    }

    @Override
    public int functionCode() {
      return table.readFunctionCode();
    }
  }

  /// Function code 5: write one coil (AP 6.5).
  ///
  /// @param address 0..65535
  /// @param on the new state; 0xFF00 or 0x0000 on the wire
  record WriteSingleCoil(int address, boolean on) implements Request {
    public WriteSingleCoil {
      requireAddress(address);
    }

    @Override
    public int functionCode() {
      return 5;
    }
  }

  /// Function code 6: write one holding register (AP 6.6).
  ///
  /// @param address 0..65535
  /// @param value 0..65535
  record WriteSingleRegister(int address, int value) implements Request {
    public WriteSingleRegister {
      requireAddress(address);
      requireWord(value);
    }

    @Override
    public int functionCode() {
      return 6;
    }
  }

  /// Function code 15: write consecutive coils (AP 6.11).
  ///
  /// @param start first address, 0..65535
  /// @param bits 1..1968 new states
  record WriteMultipleCoils(int start, BitBlock bits) implements Request {
    public WriteMultipleCoils {
      requireCount(bits.count(), 1968);
      requireRange(start, bits.count());
    }

    /// The coils written.
    public AddressRange range() {
      return new AddressRange(start, bits.count());
    }

    @Override
    public int functionCode() {
      return 15;
    }
  }

  /// Function code 16: write consecutive holding registers (AP 6.12).
  ///
  /// @param start first address, 0..65535
  /// @param registers 1..123 new values
  record WriteMultipleRegisters(int start, RegisterBlock registers) implements Request {
    public WriteMultipleRegisters {
      requireCount(registers.count(), 123);
      requireRange(start, registers.count());
    }

    /// The registers written.
    public AddressRange range() {
      return new AddressRange(start, registers.count());
    }

    @Override
    public int functionCode() {
      return 16;
    }
  }

  /// Function code 22: (current AND `andMask`) OR (`orMask` AND NOT `andMask`), as one step (AP
  /// 6.16).
  ///
  /// @param address 0..65535
  /// @param andMask 0..65535
  /// @param orMask 0..65535
  record MaskWriteRegister(int address, int andMask, int orMask) implements Request {
    public MaskWriteRegister {
      requireAddress(address);
      requireWord(andMask);
      requireWord(orMask);
    }

    /// What the register holds afterwards.
    ///
    /// @param current 0..65535
    public int apply(int current) {
      return ((current & andMask) | (orMask & ~andMask)) & 0xFFFF;
    }

    @Override
    public int functionCode() {
      return 22;
    }
  }

  /// Function code 23: write holding registers, then read holding registers, as one step (AP 6.17).
  ///
  /// @param read 1..125 registers
  /// @param writeStart first address written, 0..65535
  /// @param registers 1..121 new values
  record ReadWriteMultipleRegisters(AddressRange read, int writeStart, RegisterBlock registers)
      implements Request {
    public ReadWriteMultipleRegisters {
      requireCount(read.count(), 125);
      requireCount(registers.count(), 121);
      requireRange(writeStart, registers.count());
    }

    /// The registers written.
    public AddressRange writeRange() {
      return new AddressRange(writeStart, registers.count());
    }

    @Override
    public int functionCode() {
      return 23;
    }
  }

  /// Function code 7: read eight outputs that the device chose for it (AP 6.7).
  record ReadExceptionStatus() implements Service {
    @Override
    public int functionCode() {
      return 7;
    }
  }

  /// Function code 8: test the communication and read its counters (AP 6.8).
  ///
  /// [SubFunction#FORCE_LISTEN_ONLY] is never answered: it ends in silence.
  ///
  /// @param subFunction what to do
  /// @param data what the sub-function accepts
  record Diagnostics(SubFunction subFunction, ByteBlock data) implements Service {
    public Diagnostics {
      if (!subFunction.accepts(data)) {
        throw new IllegalArgumentException(subFunction + " does not take the data " + data);
      }
    }

    /// With the data 0x0000.
    public Diagnostics(SubFunction subFunction) {
      this(subFunction, ByteBlock.of(0, 0));
    }

    @Override
    public int functionCode() {
      return 8;
    }
  }

  /// Function code 11: read the count of completed messages (AP 6.9).
  record GetCommEventCounter() implements Service {
    @Override
    public int functionCode() {
      return 11;
    }
  }

  /// Function code 12: read the log of communication events (AP 6.10).
  record GetCommEventLog() implements Service {
    @Override
    public int functionCode() {
      return 12;
    }
  }

  /// Function code 17: read what the device is and whether it runs (AP 6.13).
  record ReportServerId() implements Service {
    @Override
    public int functionCode() {
      return 17;
    }
  }

  /// Function code 20: read records of files (AP 6.14).
  ///
  /// @param spans 1..35, as many as fit an answer of 253 bytes
  record ReadFileRecord(List<FileSpan> spans) implements Service {
    public ReadFileRecord {
      spans = List.copyOf(spans);
      int answer = 2;
      for (FileSpan span : spans) {
        answer += 2 + 2 * span.count();
      }
      requireLength(spans.isEmpty() ? 0 : 2 + 7 * spans.size(), 2 + 0xF5);
      requireLength(answer, RequestEncoder.MAX_PDU_BYTES);
    }

    @Override
    public int functionCode() {
      return 20;
    }
  }

  /// Function code 21: write records of files (AP 6.15).
  ///
  /// @param records at least one, as many as fit a request of 253 bytes
  record WriteFileRecord(List<FileRecord> records) implements Service {
    public WriteFileRecord {
      records = List.copyOf(records);
      int length = 2;
      for (FileRecord one : records) {
        length += 7 + 2 * one.registers().count();
      }
      requireLength(records.isEmpty() ? 0 : length, 2 + 0xFB);
    }

    @Override
    public int functionCode() {
      return 21;
    }
  }

  /// Function code 24: read a queue of registers and leave it as it is (AP 6.18).
  ///
  /// @param address of the register that counts the queue, 0..65535
  record ReadFifoQueue(int address) implements Service {
    public ReadFifoQueue {
      requireAddress(address);
    }

    @Override
    public int functionCode() {
      return 24;
    }
  }

  /// Function code 43, MEI type 14: read objects of the device's identification (AP 6.21).
  ///
  /// @param code 1 basic, 2 regular, 3 extended: a stream of objects from `objectId` on; 4: the
  ///   object `objectId` alone
  /// @param objectId 0..255
  record ReadDeviceIdentification(int code, int objectId) implements Service {
    /// The code that asks for one object alone.
    public static final int INDIVIDUAL = 4;

    public ReadDeviceIdentification {
      if (code < 1 || code > INDIVIDUAL || objectId < 0 || objectId > 255) {
        throw new IllegalArgumentException(
            "code must be 1..4 and object id 0..255, was " + code + ", " + objectId);
      }
    }

    @Override
    public int functionCode() {
      return 43;
    }
  }

  /// A function that the specification leaves to its users or does not know (AP 5).
  ///
  /// @param functionCode 1..127, none of the others'
  /// @param data at most 252 bytes
  record UserDefined(int functionCode, ByteBlock data) implements Service {
    public UserDefined {
      UserFunction.requireFree(functionCode);
      requireLength(1 + data.length(), RequestEncoder.MAX_PDU_BYTES);
    }
  }

  /// Any function with any data, as it is, to see what a server makes of it. Every answer that
  /// bears the function code is one, whatever it holds; it comes as [Response.UserDefined].
  ///
  /// On a serial line with RTU the answer ends where its function says. Where the function is not
  /// known, or the bytes up to there have no valid checksum, it ends with the first that is valid.
  ///
  /// @param functionCode 1..127, also one of the specification's
  /// @param data at most 252 bytes
  record Raw(int functionCode, ByteBlock data) implements Service {
    public Raw {
      if (functionCode < 1 || functionCode > 127) {
        throw new IllegalArgumentException("a function code must be 1..127, was " + functionCode);
      }
      requireLength(1 + data.length(), RequestEncoder.MAX_PDU_BYTES);
    }
  }

  private static void requireAddress(int address) {
    requireRange(address, 1);
  }

  private static void requireRange(int start, int count) {
    if (!AddressRange.isValid(start, count)) {
      throw new IllegalArgumentException(
          "addresses must lie within 0..65535, was start " + start + ", count " + count);
    }
  }

  private static void requireWord(int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("a register must be 0..65535, was " + value);
    }
  }

  private static void requireCount(int count, int most) {
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("quantity must be 1.." + most + ", was " + count);
    }
  }

  private static void requireLength(int bytes, int most) {
    if (bytes < 1 || bytes > most) {
      throw new IllegalArgumentException(
          "%d bytes do not fit one request and its answer".formatted(bytes));
    }
  }
}
