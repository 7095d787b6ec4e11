package io.plantbus.hal.tcp;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One agent on its event loop.
///
/// ```
///  bytes read ─▶ wake on the loop ──────────────▶ step, in the same call
///  other thread ─▶ wake ─▶ one task on the loop ─▶ step
///  inside any step ─▶ wake ─▶ after the next poll for I/O ─▶ step
///  timer ─▶ due? step : timer again
/// ```
///
/// One timer is armed at most. A deadline that moves away leaves it armed, and it finds out when it
/// fires: a transaction answered in time costs no timer.
final class EventLoopAgent implements AgentHandle {
  private static final long LONGEST_TIMER_NANOS = TimeUnit.HOURS.toNanos(1);

  private final EventLoopRunner runner;
  private final Agent agent;
  private final Consumer<EventLoopAgent> afterStopped;
  private final Runnable requestedStep = this::requestedStep;
  private final Runnable deferredStep = this::deferredStep;
  private final Runnable timerFired = this::timerFired;
  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  private boolean introduced;
  private boolean deferred;
  private boolean ended;
  private long deadlineNanos = Agent.NEVER;
  private long armedNanos;
  private @Nullable Future<?> timer;

  EventLoopAgent(EventLoopRunner runner, Agent agent, Consumer<EventLoopAgent> afterStopped) {
    this.runner = runner;
    this.agent = agent;
    this.afterStopped = afterStopped;
  }

  /// Asks for the first step; false if the loop takes no more work.
  boolean begin() {
    return request();
  }

  @Override
  public void wake() {
    if (!runner.loop().inEventLoop()) {
      request();
    } else if (runner.isFree()) {
      step();
    } else {
      defer();
    }
  }

  @Override
  public void stop() {
    stopping = true;
    try {
      runner.loop().execute(this::end);
    } catch (RejectedExecutionException _) {
      // The loop is gone, and with it every step.
    }
  }

  /// Stops the agent after a while, unless it stopped before. On its loop only.
  void stopIn(long nanos) {
    var _ = schedule(this::stop, nanos);
  }

  /// On the agent's own loop this does not wait, since nothing could happen meanwhile.
  @Override
  public boolean awaitStopped(long timeoutNanos) throws InterruptedException {
    return stopped.await(runner.loop().inEventLoop() ? 0 : timeoutNanos, TimeUnit.NANOSECONDS);
  }

  private boolean request() {
    if (requested.compareAndSet(false, true)) {
      try {
        runner.loop().execute(requestedStep);
      } catch (RejectedExecutionException _) {
        return false;
      }
    }
    return true;
  }

  private void requestedStep() {
    requested.set(false);
    step();
  }

  /// Steps after the loop has looked for I/O, so that an agent that always wants another step
  /// starves nobody: tasks would all run before the next I/O, timers do not.
  private void defer() {
    if (!deferred) {
      deferred = true;
      var _ = schedule(deferredStep, 1);
    }
  }

  private void deferredStep() {
    deferred = false;
    step();
  }

  private void step() {
    if (ended) {
      return;
    }
    if (stopping) {
      end();
      return;
    }
    long now = runner.clock().nanoTime();
    runner.enter();
    try {
      if (!introduced) {
        introduced = true;
        agent.started(this);
      }
      deadlineNanos = agent.step(now);
    } catch (RuntimeException | Error failure) {
      stopping = true;
      runner.report(agent, failure);
    } finally {
      runner.leave();
    }
    if (stopping) {
      end();
    } else if (deadlineNanos <= now) {
      defer();
    } else {
      arm(now);
    }
  }

  private void arm(long now) {
    if (deadlineNanos == Agent.NEVER || (timer != null && armedNanos <= deadlineNanos)) {
      return;
    }
    disarm();
    long wait = Math.min(deadlineNanos - now, LONGEST_TIMER_NANOS);
    armedNanos = now + wait;
    timer = schedule(timerFired, wait);
  }

  private void timerFired() {
    timer = null;
    long now = runner.clock().nanoTime();
    if (deadlineNanos <= now) {
      step();
    } else if (!ended) {
      arm(now);
    }
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private @Nullable Future<?> schedule(Runnable task, long nanos) {
    try {
      return runner.loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      return null;
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    disarm();
    runner.enter();
    try {
      agent.stopped();
    } catch (RuntimeException | Error failure) {
      runner.report(agent, failure);
    } finally {
      runner.leave();
      runner.ended(this);
      afterStopped.accept(this);
      stopped.countDown();
    }
  }
}
