package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import java.util.BitSet;
import java.util.List;

/// The cells of one table from its first mapped address to its last: a byte for each bit, two bytes
/// in wire order for each register.
final class BankTable {
  private final int base;
  private final int width;
  private final BitSet mapped = new BitSet();
  private final byte[] cells;

  BankTable(boolean bits, List<AddressRange> ranges) {
    int first = AddressRange.ADDRESS_SPACE;
    int last = -1;
    for (AddressRange range : ranges) {
      mapped.set(range.start(), range.last() + 1);
      first = Math.min(first, range.start());
      last = Math.max(last, range.last());
    }
    base = first;
    width = bits ? 1 : 2;
    cells = new byte[Math.max(0, last - first + 1) * width];
  }

  boolean covers(int start, int count) {
    return mapped.get(start) && mapped.nextClearBit(start) >= start + count;
  }

  /// Takes over what another table of the same shape held.
  void restore(byte[] former) {
    System.arraycopy(former, 0, cells, 0, cells.length);
  }

  byte[] cells() {
    return cells;
  }

  /// Where the cell of a mapped address begins.
  int at(int address) {
    if (!mapped.get(address)) {
      throw new IndexOutOfBoundsException("address " + address + " is not mapped");
    }
    return (address - base) * width;
  }

  int register(int address) {
    int at = at(address);
    return (cells[at] & 0xFF) << 8 | (cells[at + 1] & 0xFF);
  }

  void setRegister(int address, int value) {
    int at = at(address);
    cells[at] = (byte) (value >> 8);
    cells[at + 1] = (byte) value;
  }

  boolean bit(int address) {
    return cells[at(address)] != 0;
  }

  void setBit(int address, boolean on) {
    cells[at(address)] = (byte) (on ? 1 : 0);
  }

  RegisterBlock registers(AddressRange range) {
    return RegisterBlock.view(cells, at(range.start()), range.count()).copy();
  }

  void write(int start, RegisterBlock block) {
    block.copyTo(cells, at(start));
  }

  BitBlock bits(AddressRange range) {
    byte[] packed = new byte[BitBlock.bytesFor(range.count())];
    int at = at(range.start());
    for (int i = 0; i < range.count(); i++) {
      packed[i >> 3] |= (byte) (cells[at + i] << (i & 7));
    }
    return BitBlock.view(packed, 0, range.count());
  }

  void write(int start, BitBlock block) {
    int at = at(start);
    for (int i = 0; i < block.count(); i++) {
      cells[at + i] = (byte) (block.bit(i) ? 1 : 0);
    }
  }
}
