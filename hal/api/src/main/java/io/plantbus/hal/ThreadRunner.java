package io.plantbus.hal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Runs each agent on a platform thread of its own, for lines whose hardware may block. A link that
/// an agent opens may have that thread wait for it ([AgentThread#waitAt]).
public final class ThreadRunner implements AgentRunner {
  private static final long LONGEST_PARK_NANOS = TimeUnit.HOURS.toNanos(1);

  private final NanoClock clock;
  private final BiConsumer<Agent, Throwable> onFailure;

  /// @param clock read before each step; must run at the pace of real time
  /// @param onFailure told when an agent's step throws, on the agent's thread, before the agent is
  ///   stopped
  public ThreadRunner(NanoClock clock, BiConsumer<Agent, Throwable> onFailure) {
    this.clock = clock;
    this.onFailure = onFailure;
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  @Override
  public AgentHandle start(Agent agent) {
    Run run = new Run(agent);
    run.thread.start();
    return run;
  }

  private final class Run implements AgentHandle {
    private final Agent agent;
    private final AgentThread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean woken = true;
    private volatile boolean stopping;

    Run(Agent agent) {
      this.agent = agent;
      this.thread = new AgentThread("plantbus-" + agent.name(), this::loop);
    }

    private void loop() {
      try {
        agent.started(this);
        while (!stopping) {
          thread.look();
          woken = false;
          rest(agent.step(clock.nanoTime()));
        }
      } catch (RuntimeException | Error failure) {
        onFailure.accept(agent, failure);
      } finally {
        agent.stopped();
        stopped.countDown();
      }
    }

    private void rest(long next) {
      while (!woken && !stopping) {
        long wait = next == Agent.NEVER ? LONGEST_PARK_NANOS : next - clock.nanoTime();
        if (wait <= 0) {
          return;
        }
        thread.rest(wait);
      }
    }

    @Override
    public void wake() {
      woken = true;
      thread.wake();
    }

    @Override
    public void stop() {
      stopping = true;
      thread.wake();
    }

    @Override
    public boolean awaitStopped(long timeoutNanos) throws InterruptedException {
      return stopped.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }
  }
}
