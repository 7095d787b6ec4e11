package io.plantbus.simulators;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Virtual time: runs agents and simulated hardware by their next deadline, on the caller's thread,
/// without any clock. What is due at the same time happens in the order in which it was asked for,
/// so a seed and the code decide everything.
///
/// ```
///  events by (time, sequence):   t=0 agent A │ t=0 agent B │ t=520833 byte arrives │ t=520833 A woken …
///  runFor(1 s)                   ├──────────────────────────────────────────────────────────────▶│
/// ```
///
/// Used by one thread only; its handles and clock too. An agent whose step throws is stopped, and
/// the running method throws. Time begins at 0, which is [#START] on the wall.
public final class BusSimulation implements AgentRunner, Surroundings {
  /// The wall-clock time at which every simulation begins.
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MOST_STEPS_AT_ONE_TIME = 100_000;

  private final long seed;
  private final @Nullable Surroundings outer;
  private final Transcript transcript;
  private final AlarmQueue queue = new AlarmQueue();
  private final NanoClock clock = new VirtualClock();
  private long now;
  private long sequence;
  private long occupied;
  private boolean inside;

  /// A simulation that keeps the latest 10,000 lines of its transcript.
  public BusSimulation(long seed) {
    this(seed, Transcript.bounded(10_000));
  }

  /// @param seed of all random numbers of the simulation
  /// @param transcript takes down what happens on the media
  public BusSimulation(long seed, Transcript transcript) {
    this.seed = seed;
    this.outer = null;
    this.transcript = transcript;
  }

  /// A simulation that begins at the time of a clock and is to be run at its pace.
  BusSimulation(Surroundings outer) {
    this.seed = 0;
    this.outer = outer;
    this.transcript = outer.transcript();
    this.now = outer.clock().nanoTime();
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  /// Virtual time in nanoseconds since the beginning.
  public long nowNanos() {
    return now;
  }

  @Override
  public SplittableRandom random(String component) {
    return outer == null ? Seed.random(seed, component) : outer.random(component);
  }

  @Override
  public Transcript transcript() {
    return transcript;
  }

  @Override
  public void occupy(long nanos) {
    occupied += nanos;
  }

  @Override
  public AgentHandle start(Agent agent) {
    Run run = new Run(agent);
    run.schedule(now);
    return run;
  }

  /// Something to be done at times that are still to be set.
  public Alarm alarm(Runnable action) {
    return new Alarm(this, action);
  }

  /// Has something done at a time, or as the next thing if that time is over.
  public void at(long nanos, Runnable action) {
    alarm(action).at(nanos);
  }

  /// Has something done after a time.
  ///
  /// @param nanos 0 or more
  public void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /// Runs everything that is due until that time, that time included.
  public void runUntil(long nanos) {
    runUntil(() -> false, nanos);
  }

  /// Runs everything that is due within that span.
  public void runFor(long nanos) {
    runUntil(now + nanos);
  }

  /// Runs until a condition holds, which is asked after each event.
  ///
  /// @param limitNanos the time at which to give up
  /// @return whether it holds
  public boolean runUntil(BooleanSupplier condition, long limitNanos) {
    if (inside) {
      throw new IllegalStateException("nothing inside a simulation can wait for it to go on");
    }
    inside = true;
    try {
      while (!condition.getAsBoolean()) {
        Alarm next = queue.first();
        if (next == null || next.nanos > limitNanos) {
          now = Math.max(now, limitNanos);
          return condition.getAsBoolean();
        }
        queue.remove(next);
        now = next.nanos;
        next.action.run();
      }
      return true;
    } finally {
      inside = false;
    }
  }

  /// When something is due next, or `Long.MAX_VALUE`.
  long nextNanos() {
    Alarm next = queue.first();
    return next == null ? Long.MAX_VALUE : next.nanos;
  }

  void set(Alarm alarm, long nanos) {
    alarm.nanos = Math.max(nanos, now);
    alarm.sequence = sequence++;
    queue.put(alarm);
  }

  void cancel(Alarm alarm) {
    queue.remove(alarm);
  }

  private final class VirtualClock implements NanoClock {
    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public long epochMicros() {
      return outer == null
          ? START.getEpochSecond() * 1_000_000 + now / 1_000
          : outer.clock().epochMicros();
    }
  }

  private final class Run implements AgentHandle {
    private final Agent agent;
    private final Alarm pending = alarm(this::step);
    private boolean started;
    private boolean stepping;
    private boolean woken;
    private boolean stopping;
    private boolean stopped;
    private long freeAt;
    private long lastStep = -1;
    private int stepsAtOnce;

    Run(Agent agent) {
      this.agent = agent;
    }

    void schedule(long nanos) {
      pending.at(Math.max(nanos, freeAt));
    }

    private void step() {
      if (stopping) {
        finish();
        return;
      }
      refuseSpinning();
      woken = false;
      stepping = true;
      occupied = 0;
      long next;
      try {
        if (!started) {
          started = true;
          agent.started(this);
        }
        next = agent.step(now);
      } catch (RuntimeException | Error failure) {
        finish();
        throw new IllegalStateException(
            "agent " + agent.name() + " failed at " + now + " ns: " + failure, failure);
      } finally {
        stepping = false;
      }
      freeAt = now + occupied;
      if (woken || stopping) {
        schedule(now);
      } else if (next != Agent.NEVER) {
        schedule(next);
      }
    }

    private void refuseSpinning() {
      stepsAtOnce = now == lastStep ? stepsAtOnce + 1 : 0;
      lastStep = now;
      if (stepsAtOnce > MOST_STEPS_AT_ONE_TIME) {
        throw new IllegalStateException(
            "agent " + agent.name() + " spins: time stands still at " + now + " ns");
      }
    }

    private void finish() {
      stopping = true;
      stopped = true;
      agent.stopped();
    }

    @Override
    public void wake() {
      if (stepping) {
        woken = true;
      } else if (!stopping && (!pending.isSet() || pending.nanos > Math.max(now, freeAt))) {
        schedule(now);
      }
    }

    @Override
    public void stop() {
      if (!stopping) {
        stopping = true;
        if (!stepping) {
          schedule(now);
        }
      }
    }

    /// Lets virtual time go by; inside the simulation, where nothing could happen meanwhile, this
    /// does not wait.
    @Override
    public boolean awaitStopped(long timeoutNanos) {
      return stopped || (!inside && runUntil(() -> stopped, now + timeoutNanos));
    }
  }
}
