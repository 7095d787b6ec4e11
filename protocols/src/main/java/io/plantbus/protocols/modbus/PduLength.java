package io.plantbus.protocols.modbus;

/// Tells, on a serial line, how long a protocol data unit is from its first bytes: nothing else
/// there does.
@FunctionalInterface
public interface PduLength {
  /// How long it is at least. Once that many bytes are available, it is exactly that long; an
  /// answer beyond `available` asks for more bytes.
  ///
  /// @param pdu its bytes, function code first, from `offset` on
  /// @param available bytes that are there, at least 1
  /// @return 1..253, or 0 for no such protocol data unit
  int atLeast(byte[] pdu, int offset, int available);

  /// Always the same length.
  ///
  /// @param bytes 1..253, function code included
  static PduLength fixed(int bytes) {
    if (bytes < 1 || bytes > RequestEncoder.MAX_PDU_BYTES) {
      throw new IllegalArgumentException("a length must be 1..253, was " + bytes);
    }
    return (_, _, _) -> bytes;
  }

  /// A byte at `index` tells how many bytes follow it.
  ///
  /// @param index 1..251; the function code is at 0
  static PduLength byteCountAt(int index) {
    if (index < 1 || index > RequestEncoder.MAX_PDU_BYTES - 2) {
      throw new IllegalArgumentException("an index must be 1..251, was " + index);
    }
    return (pdu, offset, available) ->
        available <= index ? index + 1 : index + 1 + (pdu[offset + index] & 0xFF);
  }
}
