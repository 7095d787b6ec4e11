package io.plantbus.protocols.modbus;

/// What a client asks of a server: one protocol data unit, at most 253 bytes on the wire (AP 4.1).
///
/// A request that exists is well formed: its quantities are within the specification's limits.
public sealed interface Request {
  /// The function code, 1..127.
  int functionCode();

  /// Whether executing it changes nothing in the server.
  default boolean isReadOnly() {
    return this instanceof Read;
  }

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
}
