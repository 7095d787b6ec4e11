package io.plantbus.master.write;

/// The way down: takes commands from any thread and never waits.
@FunctionalInterface
public interface CommandPath {
  /// Sends a command on its way.
  ///
  /// @param listener told every step, the last exactly once
  /// @return the id of the write
  long write(WriteCommand command, WriteListener listener);
}
