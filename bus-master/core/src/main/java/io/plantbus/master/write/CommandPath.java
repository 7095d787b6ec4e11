package io.plantbus.master.write;

import java.util.function.Consumer;

/// The way down: takes commands from any thread and never waits.
@FunctionalInterface
public interface CommandPath {
  /// Sends a command on its way, ahead of polls.
  ///
  /// @param outcome told exactly once what became of it
  void write(WriteCommand command, Consumer<WriteOutcome> outcome);
}
