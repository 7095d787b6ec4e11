package io.plantbus.hal;

/// A running agent, as seen by others. Safe for use by any thread.
public interface AgentHandle {
  /// Asks for a step as soon as possible. Cheap, and idempotent until that step begins.
  void wake();

  /// Stops the agent: no step begins after its `stopped` ran. Returns at once; see
  /// [#awaitStopped(long)].
  void stop();

  /// Waits until the agent has stopped.
  ///
  /// @param timeoutNanos the longest wait in nanoseconds
  /// @return whether it has stopped
  /// @throws InterruptedException if the waiting thread is interrupted
  boolean awaitStopped(long timeoutNanos) throws InterruptedException;
}
