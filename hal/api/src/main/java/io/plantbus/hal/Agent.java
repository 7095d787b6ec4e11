package io.plantbus.hal;

/// Something that owns a line and is driven step by step: by a platform thread, by the event loop
/// of a channel, or by a simulation in virtual time. The same code runs in all three.
public interface Agent {
  /// The agent has nothing to do until it is woken.
  long NEVER = Long.MAX_VALUE;

  /// What the agent is called in logs and thread names.
  String name();

  /// The first call that an agent gets, on the thread that will step it: how to wake it from
  /// elsewhere.
  default void started(AgentHandle handle) {}

  /// Does what is due and returns without waiting for any peer.
  ///
  /// @param nowNanos monotonic time of this step; never less than that of the step before
  /// @return monotonic time of the next step wanted at the latest, or [#NEVER]; a time not after
  ///   `nowNanos` asks for another step at once
  long step(long nowNanos);

  /// The last call that an agent gets, on its own thread: release everything. Must not throw.
  void stopped();
}
