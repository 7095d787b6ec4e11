package io.plantbus.hal;

/// Runs agents: decides which thread steps them and reads the clock for them.
///
/// Guarantees: steps of one agent never overlap and happen on one thread; a wake is never lost (a
/// step begins after it); an agent whose step throws is stopped, and the failure is reported, never
/// swallowed.
public interface AgentRunner {
  /// The clock whose time the agents are stepped with.
  NanoClock clock();

  /// Starts stepping the agent, the first time at once.
  AgentHandle start(Agent agent);
}
