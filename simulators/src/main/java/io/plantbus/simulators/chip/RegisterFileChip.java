package io.plantbus.simulators.chip;

import io.plantbus.hal.I2cAddress;
import io.plantbus.simulators.i2c.I2cTarget;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A chip with numbered registers of some bytes each, read and written after their number, with the
/// packet error code of SMBus if wanted (SMBus 3.1, 6.5).
///
/// ```
///  write   S addr W  number  data …  [PEC]  P
///  read    S addr W  number  Sr addr R  data …  [PEC]  P
/// ```
///
/// Without packet error code, access goes on with the next register. With it, a write counts only
/// if its code is right; a wrong one is not acknowledged.
public final class RegisterFileChip implements I2cTarget {
  private static final int NO_NUMBER = -1;

  private final int addressByte;
  private final boolean packetErrorCode;

  /// By number; guarded by this chip's monitor, as is everything else.
  private final TreeMap<Integer, byte[]> registers = new TreeMap<>();

  private final Map<Integer, byte[]> initial = new TreeMap<>();
  private int number = NO_NUMBER;
  private boolean numberIsNew;
  private int at;
  private int checksum;
  private byte[] incoming = {};

  /// @param address 7 bits; part of the packet error code
  /// @param widths bytes of each register, by number 0..255
  public RegisterFileChip(
      I2cAddress address, Map<Integer, Integer> widths, boolean packetErrorCode) {
    this.addressByte = address.value() << 1;
    this.packetErrorCode = packetErrorCode;
    widths.forEach((register, width) -> registers.put(register, new byte[width]));
  }

  /// Sets what a register holds.
  ///
  /// @throws IllegalArgumentException if there is no such register of that width
  public synchronized void set(int register, byte[] bytes) {
    byte[] cells = cells(register);
    if (cells.length != bytes.length) {
      throw new IllegalArgumentException(
          "register 0x%02x holds %d bytes, not %d".formatted(register, cells.length, bytes.length));
    }
    System.arraycopy(bytes, 0, cells, 0, bytes.length);
  }

  /// What it holds now is what [#restart] brings back.
  public synchronized void keepInitial() {
    registers.forEach((register, cells) -> initial.put(register, cells.clone()));
  }

  /// Holds what it held at [#keepInitial], as after power on.
  public synchronized void restart() {
    initial.forEach((register, cells) -> set(register, cells));
    number = NO_NUMBER;
  }

  /// What a register holds, a copy.
  ///
  /// @throws IllegalArgumentException if there is no such register
  public synchronized byte[] get(int register) {
    return cells(register).clone();
  }

  private byte[] cells(int register) {
    byte[] cells = registers.get(register);
    if (cells == null) {
      throw new IllegalArgumentException("there is no register 0x%02x".formatted(register));
    }
    return cells;
  }

  @Override
  public synchronized boolean start(boolean reading, long nowNanos) {
    at = 0;
    if (!reading) {
      number = NO_NUMBER;
      numberIsNew = false;
      checksum = Crc8.SMBUS.update(0, addressByte);
    } else {
      checksum = Crc8.SMBUS.update(numberIsNew ? checksum : 0, addressByte | 1);
      numberIsNew = false;
    }
    return true;
  }

  @Override
  public synchronized boolean write(int value, long nowNanos) {
    if (number == NO_NUMBER) {
      number = value;
      numberIsNew = true;
      checksum = Crc8.SMBUS.update(checksum, value);
      incoming = new byte[width()];
      return registers.containsKey(value);
    }
    numberIsNew = false;
    if (at < incoming.length) {
      incoming[at++] = (byte) value;
      checksum = Crc8.SMBUS.update(checksum, value);
      if (at == incoming.length && !packetErrorCode) {
        set(number, incoming);
        goOn();
      }
      return true;
    }
    boolean right = packetErrorCode && at == incoming.length && value == checksum;
    at++;
    if (right) {
      set(number, incoming);
    }
    return right;
  }

  @Override
  public synchronized int read(long nowNanos) {
    byte[] cells = registers.get(number);
    if (cells == null) {
      return 0xFF;
    }
    if (at == cells.length) {
      at++;
      return packetErrorCode ? checksum : 0xFF;
    }
    if (at > cells.length) {
      return 0xFF;
    }
    int value = cells[at++] & 0xFF;
    checksum = Crc8.SMBUS.update(checksum, value);
    if (at == cells.length && !packetErrorCode) {
      goOn();
    }
    return value;
  }

  private int width() {
    byte[] cells = registers.get(number);
    return cells == null ? 0 : cells.length;
  }

  private void goOn() {
    @Nullable Integer next = registers.higherKey(number);
    if (next != null) {
      number = next;
      at = 0;
      incoming = new byte[width()];
    }
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    registers.forEach(
        (register, cells) -> text.append("%02x=%s ".formatted(register, Arrays.toString(cells))));
    return text.toString();
  }
}
