package io.plantbus.simulators.process;

import io.plantbus.hal.Agent;
import java.util.List;

/// Steps a process with a fixed step: actuators, then parts in their order, then sensors. An agent,
/// so that it runs in virtual and in real time alike; the step is the same in both.
public final class ProcessModel implements Agent {
  /// Where real time got ahead by more steps than this, the process skips the rest.
  private static final int MOST_STEPS_AT_ONCE = 100;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long stepNanos;
  private final List<? extends ProcessPart> parts;
  private final List<Actuator> actuators;
  private final List<Sensor> sensors;
  private long nextNanos;
  private boolean begun;

  /// @param stepNanos 1 ms to 10 s
  /// @param parts in the order in which they are stepped: what moves water before the tanks
  public ProcessModel(
      long stepNanos,
      List<? extends ProcessPart> parts,
      List<Actuator> actuators,
      List<Sensor> sensors) {
    if (stepNanos < 1_000_000 || stepNanos > 10_000_000_000L) {
      throw new IllegalArgumentException("a step must be 1ms..10s, was " + stepNanos + " ns");
    }
    this.stepNanos = stepNanos;
    this.parts = List.copyOf(parts);
    this.actuators = List.copyOf(actuators);
    this.sensors = List.copyOf(sensors);
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public long step(long nowNanos) {
    if (!begun) {
      begun = true;
      nextNanos = nowNanos + stepNanos;
      sensors.forEach(Sensor::measure);
    }
    int steps = 0;
    while (nextNanos <= nowNanos) {
      if (++steps > MOST_STEPS_AT_ONCE) {
        nextNanos = nowNanos;
      }
      nextNanos += stepNanos;
      stepOnce();
    }
    return nextNanos;
  }

  @Override
  public void stopped() {}

  private void stepOnce() {
    actuators.forEach(Actuator::act);
    parts.forEach(part -> part.step(stepNanos / NANOS_PER_SECOND));
    sensors.forEach(Sensor::measure);
  }
}
