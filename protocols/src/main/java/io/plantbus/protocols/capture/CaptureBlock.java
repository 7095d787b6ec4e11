package io.plantbus.protocols.capture;

import java.nio.ByteBuffer;

/// What a reader finds next in a capture.
public sealed interface CaptureBlock {
  /// An interface was described.
  ///
  /// @param number counted from 0 in its section
  /// @param name empty if it has none
  /// @param linkType what its packets begin with, see [LinkType] for those known here
  record Interface(int number, String name, String description, int linkType)
      implements CaptureBlock {}

  /// A packet.
  ///
  /// @param number of its interface
  /// @param epochNanos nanoseconds since 1970 (UTC); 0 where the block bears no time
  /// @param bytes as many as were kept; read-only, not used again
  /// @param originalLength bytes that it had, 0..2147483647
  /// @param comment empty if it has none
  record Packet(
      int number,
      long epochNanos,
      Direction direction,
      ByteBuffer bytes,
      int originalLength,
      String comment)
      implements CaptureBlock {}

  /// How much an interface saw.
  ///
  /// @param received packets; -1 if it is not told
  /// @param dropped packets; -1 if it is not told
  record Statistics(int number, long received, long dropped) implements CaptureBlock {}

  /// The file cannot be read further.
  ///
  /// @param offset where in the file, in bytes
  /// @param reason what is wrong there, for a person
  record Broken(long offset, String reason) implements CaptureBlock {}

  /// The file ends, as it should.
  record End() implements CaptureBlock {}
}
