package io.plantbus.simulators;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A [BusSimulation] at the pace of a clock: the same simulated media in real time, on one thread.
///
/// ```
///  other threads ── start, wake, stop ──▶ [orders] ──▶ the simulation's thread: every event once
///                                                      its time has come on the clock
/// ```
///
/// What happens inside keeps its exact simulated time; only what leaves it, such as bytes into a
/// pseudo terminal, is late by what the computer needs to wake a thread. Make everything that
/// belongs to the simulation before [#begin], or in its agents.
public final class PacedSimulation implements AgentRunner, AutoCloseable {
  private static final int MOST_AGENTS = 256;
  private static final long LONGEST_PARK_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long STOP_MILLIS = 2_000;

  private final NanoClock clock;
  private final BusSimulation simulation;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private final List<Paced> agents = new ArrayList<>();

  /// Bounded by the agents, for each stands in it once at most.
  private final Queue<Paced> orders = new ConcurrentLinkedQueue<>();

  private volatile boolean isClosing;

  /// A simulation that stands still until [#begin].
  ///
  /// @param name of the thread
  /// @param surroundings whose clock is that of real time
  /// @param onFailure told when an agent's step throws, on the simulation's thread; that agent is
  ///   stopped, the others go on
  public PacedSimulation(String name, Surroundings surroundings, Consumer<Throwable> onFailure) {
    this.clock = surroundings.clock();
    this.simulation = new BusSimulation(surroundings);
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().name("plantbus-" + name).daemon(true).unstarted(this::loop);
  }

  /// What runs here: touched before [#begin] and by its agents only.
  public BusSimulation simulation() {
    return simulation;
  }

  /// Lets time go by.
  public void begin() {
    thread.start();
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  /// @throws IllegalStateException if there are 256 agents already
  @Override
  public AgentHandle start(Agent agent) {
    Paced paced = new Paced(agent);
    synchronized (agents) {
      if (agents.size() >= MOST_AGENTS) {
        throw new IllegalStateException("a paced simulation runs at most 256 agents");
      }
      agents.add(paced);
    }
    paced.wake();
    return paced;
  }

  /// Stops every agent and the thread; waits for that up to 2 s.
  @Override
  public void close() {
    isClosing = true;
    LockSupport.unpark(thread);
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!isClosing) {
      run();
      boolean hadOrders = false;
      for (Paced next = orders.poll(); next != null; next = orders.poll()) {
        next.obey();
        hadOrders = true;
      }
      long next = simulation.nextNanos();
      long wait =
          next == Long.MAX_VALUE
              ? LONGEST_PARK_NANOS
              : Math.min(LONGEST_PARK_NANOS, next - clock.nanoTime());
      if (!hadOrders && !isClosing && wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
    synchronized (agents) {
      List.copyOf(agents).forEach(Paced::stop);
    }
    for (Paced last = orders.poll(); last != null; last = orders.poll()) {
      last.obey();
    }
    run();
  }

  /// Does what is due by now.
  private void run() {
    try {
      simulation.runUntil(clock.nanoTime());
    } catch (RuntimeException | Error failure) {
      onFailure.accept(failure);
    }
  }

  /// An agent and what others want of it.
  private final class Paced implements Agent, AgentHandle {
    private final Agent agent;
    private final AtomicBoolean isOrdered = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isStopping;
    private @Nullable AgentHandle inside;

    Paced(Agent agent) {
      this.agent = agent;
    }

    void obey() {
      isOrdered.set(false);
      AgentHandle handle = inside == null ? simulation.start(this) : inside;
      inside = handle;
      if (isStopping) {
        handle.stop();
      } else {
        handle.wake();
      }
    }

    private void order() {
      if (isOrdered.compareAndSet(false, true)) {
        orders.add(this);
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void wake() {
      if (Thread.currentThread().equals(thread) && inside != null) {
        inside.wake();
      } else {
        order();
      }
    }

    @Override
    public void stop() {
      isStopping = true;
      order();
    }

    @Override
    public boolean awaitStopped(long timeoutNanos) throws InterruptedException {
      return stopped.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public String name() {
      return agent.name();
    }

    @Override
    public void started(AgentHandle handle) {
      agent.started(this);
    }

    @Override
    public long step(long nowNanos) {
      return agent.step(nowNanos);
    }

    @Override
    public void stopped() {
      synchronized (agents) {
        agents.remove(this);
      }
      agent.stopped();
      stopped.countDown();
    }
  }
}
