package io.plantbus.junit.serve;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// A time that stands until it is advanced, and the agents that live by it: they are stepped on the
/// thread that advances it, each at exactly the time that it asked for. Begins at 0. Safe for use
/// by any thread; [#nanoTime] never waits for a step.
public final class HeldTime implements NanoClock, AgentRunner {
  private final PriorityQueue<Run> runs =
      new PriorityQueue<>(
          Comparator.comparingLong((Run run) -> run.next).thenComparingLong(run -> run.sequence));
  private final Set<AgentHandle> watching = ConcurrentHashMap.newKeySet();
  private final long epochMicros;
  private long sequence;
  private volatile long now;

  /// @param epochMicros what the wall clock shows at the beginning
  public HeldTime(long epochMicros) {
    this.epochMicros = epochMicros;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public long epochMicros() {
    return epochMicros + now / 1_000;
  }

  @Override
  public NanoClock clock() {
    return this;
  }

  @Override
  public synchronized AgentHandle start(Agent agent) {
    Run run = new Run(agent);
    agent.started(run);
    run.step();
    return run;
  }

  /// An agent on a thread of its own that looks at this clock: it is woken when time has gone by.
  public Agent watching(Agent agent) {
    return new Agent() {
      private final Set<AgentHandle> own = ConcurrentHashMap.newKeySet();

      @Override
      public String name() {
        return agent.name();
      }

      @Override
      public void started(AgentHandle handle) {
        own.add(handle);
        watching.add(handle);
        agent.started(handle);
      }

      @Override
      public long step(long nowNanos) {
        return agent.step(nowNanos);
      }

      @Override
      public void stopped() {
        watching.removeAll(own);
        agent.stopped();
      }
    };
  }

  /// Lets time go by until a condition holds, which is asked before each step.
  ///
  /// @param nanos the most that goes by, 0 or more
  /// @return whether it holds
  public synchronized boolean advanceUntil(BooleanSupplier condition, long nanos) {
    long limit = Math.addExact(now, nanos);
    boolean holds = condition.getAsBoolean();
    while (!holds && !runs.isEmpty() && runs.element().next <= limit) {
      Run first = runs.remove();
      now = Math.max(now, first.next);
      first.step();
      holds = condition.getAsBoolean();
    }
    if (!holds) {
      now = limit;
      holds = condition.getAsBoolean();
    }
    watching.forEach(AgentHandle::wake);
    return holds;
  }

  /// An agent that is stepped by whoever advances the time.
  private final class Run implements AgentHandle {
    private final Agent agent;
    private long next;
    private long sequence;
    private volatile boolean stopped;

    Run(Agent agent) {
      this.agent = agent;
    }

    private void step() {
      next = agent.step(now);
      sequence = HeldTime.this.sequence++;
      if (next != Agent.NEVER && !stopped) {
        runs.add(this);
      }
    }

    @Override
    public void wake() {
      synchronized (HeldTime.this) {
        if (!stopped) {
          runs.remove(this);
          step();
        }
      }
    }

    @Override
    public void stop() {
      synchronized (HeldTime.this) {
        if (!stopped) {
          stopped = true;
          runs.remove(this);
          agent.stopped();
        }
      }
    }

    @Override
    public boolean awaitStopped(long timeoutNanos) {
      return stopped;
    }
  }
}
