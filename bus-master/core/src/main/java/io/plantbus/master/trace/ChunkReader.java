package io.plantbus.master.trace;

/// Takes pieces of a line's history, oldest first.
public interface ChunkReader {
  /// A piece.
  ///
  /// @param nanos monotonic time of the line's runner
  /// @param bytes valid during the call
  void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length);

  /// Pieces were overwritten before they could be read.
  ///
  /// @param chunks how many, at least 1
  void missed(long chunks);
}
