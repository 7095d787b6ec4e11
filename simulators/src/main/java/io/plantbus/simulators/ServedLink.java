package io.plantbus.simulators;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Steps the agent that serves an accepted link: it is woken by what happens to the link, and the
/// link is closed when it stops. Belongs to the thread of the simulation.
public final class ServedLink implements Agent {
  private final Agent agent;
  private final Link link;

  private ServedLink(Agent agent, Link link) {
    this.agent = agent;
    this.link = link;
  }

  /// Has a link served from now on.
  ///
  /// @param server makes the agent that owns the link
  public static <L extends Link> AgentHandle start(
      BusSimulation simulation, L link, Function<L, Agent> server) {
    Waker waker = new Waker();
    link.onActivity(waker);
    AgentHandle handle = simulation.start(new ServedLink(server.apply(link), link));
    waker.handle = handle;
    return handle;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public long step(long nowNanos) {
    return agent.step(nowNanos);
  }

  @Override
  public void stopped() {
    agent.stopped();
    link.close();
  }

  /// Wakes the agent of a link, which is known only after the link was handed to it.
  private static final class Waker implements Runnable {
    private @Nullable AgentHandle handle;

    @Override
    public void run() {
      if (handle != null) {
        handle.wake();
      }
    }
  }
}
