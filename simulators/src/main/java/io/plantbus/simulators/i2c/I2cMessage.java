package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a controller brings to the wires from START to STOP, with any first byte, and what became
/// of it.
///
/// ```
///  7 bits    S aaaaaaa W A out … Sr aaaaaaa R A in … N P
///  10 bits   S 11110aa W A aaaaaaaa A out … Sr 11110aa R A in … N P     (UM10204, 3.1.11)
/// ```
///
/// A message is sent once.
public final class I2cMessage {
  private static final int TEN_BIT = 0xF0;

  /// The first byte or two bytes, high byte first; none for a message that only reads.
  final int head;

  final int headBytes;
  final byte[] out;

  /// The first byte of the part that reads, or -1.
  final int readHead;

  final byte[] in;
  private @Nullable I2cOutcome outcome;

  private I2cMessage(int head, int headBytes, byte[] out, int readHead, byte[] in) {
    this.head = head;
    this.headBytes = headBytes;
    this.out = out;
    this.readHead = readHead;
    this.in = in;
  }

  /// A transfer in one of the four shapes of [io.plantbus.hal.I2cBus].
  ///
  /// @param out kept, not copied
  /// @param in filled by what is read
  public static I2cMessage of(I2cAddress address, byte[] out, byte[] in) {
    int value = address.value();
    int readHead = -1;
    if (address.tenBit()) {
      int first = TEN_BIT | (value >> 8) << 1;
      readHead = in.length == 0 ? -1 : first | 1;
      return new I2cMessage((first << 8) | (value & 0xFF), 2, out, readHead, in);
    }
    if (in.length > 0) {
      readHead = value << 1 | 1;
    }
    boolean writes = out.length > 0 || in.length == 0;
    return new I2cMessage(value << 1, writes ? 1 : 0, out, readHead, in);
  }

  /// Bytes for every target that listens to the general call (UM10204, 3.1.13).
  public static I2cMessage generalCall(byte... out) {
    return raw(0x00, out);
  }

  /// Any first byte, such as the START byte 0x01 or a reserved address (UM10204, table 4).
  ///
  /// @param firstByte 0..255
  public static I2cMessage raw(int firstByte, byte... out) {
    if (firstByte < 0 || firstByte > 0xFF) {
      throw new IllegalArgumentException("a byte must be 0..255, was " + firstByte);
    }
    return new I2cMessage(firstByte, 1, out, -1, new byte[0]);
  }

  /// What became of it; null before it was sent.
  public @Nullable I2cOutcome outcome() {
    return outcome;
  }

  void end(I2cOutcome result) {
    outcome = result;
  }

  /// Whether it has a repeated START.
  boolean repeats() {
    return headBytes > 0 && readHead >= 0;
  }

  /// Clock pulses that it takes if nobody refuses anything, without START and STOP.
  int pulses() {
    return 9 * (headBytes + out.length + (readHead < 0 ? 0 : 1) + in.length);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.ofDelimiter(" ");
    StringBuilder text = new StringBuilder();
    if (headBytes > 0) {
      text.append(headBytes == 1 ? "S %02x ".formatted(head) : "S %04x ".formatted(head));
      text.append(hex.formatHex(out)).append(out.length > 0 ? " " : "");
    }
    if (readHead >= 0) {
      text.append(headBytes > 0 ? "Sr " : "S ").append("%02x ".formatted(readHead));
      text.append(outcome == I2cOutcome.COMPLETED ? hex.formatHex(in) + " " : "");
    }
    return text.append("P ").append(outcome == null ? "not sent" : outcome).toString();
  }
}
