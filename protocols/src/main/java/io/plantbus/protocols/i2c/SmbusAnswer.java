package io.plantbus.protocols.i2c;

import io.plantbus.protocols.ByteBlock;

/// What a target answered to an SMBus command.
public sealed interface SmbusAnswer {
  /// The command was one that only writes.
  record Written() implements SmbusAnswer {}

  /// A byte or word.
  ///
  /// @param value 0..255 or 0..65535
  record Word(int value) implements SmbusAnswer {}

  /// A block.
  ///
  /// @param data the bytes without their count
  record Block(ByteBlock data) implements SmbusAnswer {}

  /// The packet error code does not belong to the bytes: believe none of them.
  ///
  /// @param expected computed, 0..255
  /// @param received 0..255
  record PecMismatch(int expected, int received) implements SmbusAnswer {}

  /// A block whose count is 0 or more than was asked for.
  ///
  /// @param count as received, 0..255
  record BadCount(int count) implements SmbusAnswer {}
}
