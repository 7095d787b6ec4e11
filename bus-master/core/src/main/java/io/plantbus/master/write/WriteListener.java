package io.plantbus.master.write;

import java.util.function.Consumer;

/// Told how a write goes on.
@FunctionalInterface
public interface WriteListener {
  /// A write came a step further. Steps of one write are told one after the other, the last one
  /// exactly once, on the thread of the line or of whoever caused the step: must be short and must
  /// not throw.
  void stepped(WriteIntent write, WriteStep step);

  /// A listener that is told once: what the device answered, or why it was not asked.
  static WriteListener answered(Consumer<WriteOutcome> listener) {
    return (_, step) -> {
      if (step.answer() != null) {
        listener.accept(step.answer());
      }
    };
  }
}
