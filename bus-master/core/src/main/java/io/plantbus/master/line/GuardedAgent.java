package io.plantbus.master.line;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;

/// Runs a line's agent so that a bug in it is told in its reports before its runner stops it.
public final class GuardedAgent implements Agent {
  private final LineAgent agent;

  /// Guards `agent`.
  public GuardedAgent(LineAgent agent) {
    this.agent = agent;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public void started(AgentHandle handle) {
    agent.started(handle);
  }

  @Override
  public long step(long nowNanos) {
    try {
      return agent.step(nowNanos);
    } catch (RuntimeException failure) {
      agent.failed(failure);
      throw failure;
    }
  }

  @Override
  public void stopped() {
    agent.stopped();
  }
}
