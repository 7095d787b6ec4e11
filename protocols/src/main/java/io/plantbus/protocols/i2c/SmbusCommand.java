package io.plantbus.protocols.i2c;

import io.plantbus.protocols.ByteBlock;

/// A bus protocol of SMBus 3.2 (6.5), as asked by a controller. Words go low byte first.
///
/// ```
///  write byte   S addr W A  command A  data A  [PEC A]  P
///  read word    S addr W A  command A  Sr addr R A  low A  high A  [PEC N]  P
///  block read   S addr W A  command A  Sr addr R A  count A  data A …  [PEC N]  P
/// ```
public sealed interface SmbusCommand {
  /// The most bytes of a block before SMBus 3.0, and what every target and adapter takes.
  int MAX_BLOCK_BYTES = 32;

  /// Quick command with the R/W bit at write: the address alone (6.5.1).
  record QuickWrite() implements SmbusCommand {}

  /// One byte without a command (6.5.2).
  ///
  /// @param value 0..255
  record SendByte(int value) implements SmbusCommand {
    public SendByte {
      requireByte(value);
    }
  }

  /// One byte is read without a command (6.5.3).
  record ReceiveByte() implements SmbusCommand {}

  /// Writes a byte (6.5.4).
  ///
  /// @param command 0..255
  /// @param value 0..255
  record WriteByte(int command, int value) implements SmbusCommand {
    public WriteByte {
      requireByte(command);
      requireByte(value);
    }
  }

  /// Writes a word (6.5.4).
  ///
  /// @param command 0..255
  /// @param value 0..65535
  record WriteWord(int command, int value) implements SmbusCommand {
    public WriteWord {
      requireByte(command);
      requireWord(value);
    }
  }

  /// Reads a byte (6.5.5).
  ///
  /// @param command 0..255
  record ReadByte(int command) implements SmbusCommand {
    public ReadByte {
      requireByte(command);
    }
  }

  /// Reads a word (6.5.5).
  ///
  /// @param command 0..255
  record ReadWord(int command) implements SmbusCommand {
    public ReadWord {
      requireByte(command);
    }
  }

  /// Writes a word and reads one that depends on it (6.5.6).
  ///
  /// @param command 0..255
  /// @param value 0..65535
  record ProcessCall(int command, int value) implements SmbusCommand {
    public ProcessCall {
      requireByte(command);
      requireWord(value);
    }
  }

  /// Writes a counted block (6.5.7).
  ///
  /// @param command 0..255
  /// @param data 1..32 bytes
  record BlockWrite(int command, ByteBlock data) implements SmbusCommand {
    public BlockWrite {
      requireByte(command);
      requireCount(data.length());
    }
  }

  /// Reads a counted block whose length the target tells (6.5.7).
  ///
  /// Where an adapter cannot stop at the count, as many bytes are read as may come; a target sends
  /// 0xFF, or anything, after its block.
  ///
  /// @param command 0..255
  /// @param most the longest block expected, 1..32 bytes
  record BlockRead(int command, int most) implements SmbusCommand {
    public BlockRead {
      requireByte(command);
      requireCount(most);
    }
  }

  private static void requireByte(int value) {
    if (value < 0 || value > 0xFF) {
      throw new IllegalArgumentException("a byte must be 0..255, was " + value);
    }
  }

  private static void requireWord(int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("a word must be 0..65535, was " + value);
    }
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MAX_BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "a block must be 1.." + MAX_BLOCK_BYTES + " bytes, was " + count);
    }
  }
}
