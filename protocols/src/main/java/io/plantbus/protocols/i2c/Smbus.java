package io.plantbus.protocols.i2c;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.i2c.SmbusCommand.BlockRead;
import io.plantbus.protocols.i2c.SmbusCommand.BlockWrite;
import io.plantbus.protocols.i2c.SmbusCommand.ProcessCall;
import io.plantbus.protocols.i2c.SmbusCommand.QuickWrite;
import io.plantbus.protocols.i2c.SmbusCommand.ReadByte;
import io.plantbus.protocols.i2c.SmbusCommand.ReadWord;
import io.plantbus.protocols.i2c.SmbusCommand.ReceiveByte;
import io.plantbus.protocols.i2c.SmbusCommand.SendByte;
import io.plantbus.protocols.i2c.SmbusCommand.WriteByte;
import io.plantbus.protocols.i2c.SmbusCommand.WriteWord;
import java.util.Arrays;

/// Between SMBus commands and bus transactions, with or without packet error checking (SMBus 3.2,
/// 6.4 and 6.5). Pure functions, for any thread.
public final class Smbus {
  private Smbus() {}

  /// What to do on the bus.
  ///
  /// @param address 7 bits, which the packet error code includes
  /// @param pec whether packet error checking is used; a quick command has none
  public static I2cTransaction transaction(SmbusCommand command, int address, boolean pec) {
    byte[] out = out(command);
    int answered = answeredBytes(command);
    if (!pec || command instanceof QuickWrite) {
      return new I2cTransaction(ByteBlock.copyOf(out, 0, out.length), answered);
    }
    if (answered > 0) {
      return new I2cTransaction(ByteBlock.copyOf(out, 0, out.length), answered + 1);
    }
    byte[] checked = Arrays.copyOf(out, out.length + 1);
    checked[out.length] = (byte) written(address, out);
    return new I2cTransaction(ByteBlock.copyOf(checked, 0, checked.length), 0);
  }

  private static byte[] out(SmbusCommand command) {
    return switch (command) {
      case QuickWrite _, ReceiveByte _ -> new byte[0];
      case SendByte(int value) -> bytes(value);
      case WriteByte(int code, int value) -> bytes(code, value);
      case WriteWord(int code, int value) -> bytes(code, value, value >> 8);
      case ReadByte(int code) -> bytes(code);
      case ReadWord(int code) -> bytes(code);
      case ProcessCall(int code, int value) -> bytes(code, value, value >> 8);
      case BlockWrite(int code, ByteBlock data) -> {
        byte[] out = new byte[2 + data.length()];
        out[0] = (byte) code;
        out[1] = (byte) data.length();
        System.arraycopy(data.toArray(), 0, out, 2, data.length());
        yield out;
      }
      case BlockRead(int code, _) -> bytes(code);
    };
  }

  private static byte[] bytes(int... values) {
    return ByteBlock.of(values).toArray();
  }

  /// Bytes read, the packet error code not counted.
  private static int answeredBytes(SmbusCommand command) {
    return switch (command) {
      case QuickWrite _, SendByte _, WriteByte _, WriteWord _, BlockWrite _ -> 0;
      case ReceiveByte _, ReadByte _ -> 1;
      case ReadWord _, ProcessCall _ -> 2;
      case BlockRead(_, int most) -> 1 + most;
    };
  }

  /// The code over address, write bit and what was written.
  private static int written(int address, byte[] out) {
    int crc = Crc8.SMBUS.of(Crc8.SMBUS.initial(), address << 1);
    return Crc8.SMBUS.of(crc, out, 0, out.length);
  }

  /// What the bytes read mean.
  ///
  /// @param in as many as the transaction reads
  public static SmbusAnswer answer(SmbusCommand command, int address, boolean pec, byte[] in) {
    int answered = answeredBytes(command);
    if (answered == 0) {
      return new SmbusAnswer.Written();
    }
    boolean block = command instanceof BlockRead;
    int length = block ? 1 + (in[0] & 0xFF) : answered;
    if (block && (length == 1 || length > answered)) {
      return new SmbusAnswer.BadCount(length - 1);
    }
    if (pec) {
      int expected = Crc8.SMBUS.of(read(command, address), in, 0, length);
      int received = in[length] & 0xFF;
      if (expected != received) {
        return new SmbusAnswer.PecMismatch(expected, received);
      }
    }
    if (block) {
      return new SmbusAnswer.Block(ByteBlock.copyOf(in, 1, length - 1));
    }
    int low = in[0] & 0xFF;
    return new SmbusAnswer.Word(length == 1 ? low : low | (in[1] & 0xFF) << 8);
  }

  /// The code over everything before the bytes read: what was written and the repeated address.
  private static int read(SmbusCommand command, int address) {
    int before =
        command instanceof ReceiveByte ? Crc8.SMBUS.initial() : written(address, out(command));
    return Crc8.SMBUS.of(before, (address << 1) | 1);
  }
}
