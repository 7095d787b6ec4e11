package io.plantbus.app.trace;

import io.plantbus.master.trace.ChunkKind;
import java.io.IOException;

/// Takes what goes over one line, oldest first. Times are nanoseconds since 1970 (UTC). For one
/// thread at a time.
public interface LineWatcher {
  /// A piece of the line's history.
  ///
  /// @param bytes valid during the call
  /// @throws IOException if it cannot be written
  void chunk(ChunkKind kind, long epochNanos, byte[] bytes, int offset, int length)
      throws IOException;

  /// Pieces were lost, as this watcher was too slow.
  ///
  /// @throws IOException if that cannot be written
  void missed(long chunks, long epochNanos) throws IOException;

  /// Everything up to a time was told.
  ///
  /// @throws IOException if what follows from it cannot be written
  void advance(long epochNanos) throws IOException;

  /// Nothing follows.
  ///
  /// @throws IOException if the rest cannot be written
  void close(long epochNanos) throws IOException;
}
