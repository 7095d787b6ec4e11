package io.plantbus.simulators.process;

import io.plantbus.hal.Agent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Steps a process with a fixed step: actuators, then couplings, then parts in their order, then
/// sensors. An agent, so that it runs in virtual and in real time alike; the step is the same in
/// both. Pins can be read and set by any thread; a step is never seen half done.
public final class ProcessModel implements Agent {
  /// Where real time got ahead by more steps than this, the process skips the rest.
  private static final int MOST_STEPS_AT_ONCE = 100;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long stepNanos;
  private final double stepSeconds;
  private final List<? extends ProcessPart> parts;
  private final List<Coupling> couplings;
  private final List<Actuator> actuators;
  private final List<Sensor> sensors;
  private final Map<String, ProcessPart> byName = new LinkedHashMap<>();
  private long nextNanos;
  private boolean begun;

  /// A process whose parts are not coupled.
  ///
  /// @param stepNanos 1 ms to 10 s
  /// @param parts in the order in which they are stepped: what moves water before the tanks
  public ProcessModel(
      long stepNanos,
      List<? extends ProcessPart> parts,
      List<Actuator> actuators,
      List<Sensor> sensors) {
    this(stepNanos, parts, List.of(), actuators, sensors);
  }

  /// @param stepNanos 1 ms to 10 s
  /// @param parts in the order in which they are stepped: what moves water before the tanks
  public ProcessModel(
      long stepNanos,
      List<? extends ProcessPart> parts,
      List<Coupling> couplings,
      List<Actuator> actuators,
      List<Sensor> sensors) {
    if (stepNanos < 1_000_000 || stepNanos > 10_000_000_000L) {
      throw new IllegalArgumentException("a step must be 1ms..10s, was " + stepNanos + " ns");
    }
    this.stepNanos = stepNanos;
    this.stepSeconds = stepNanos / NANOS_PER_SECOND;
    this.parts = List.copyOf(parts);
    this.couplings = List.copyOf(couplings);
    this.actuators = List.copyOf(actuators);
    this.sensors = List.copyOf(sensors);
    parts.forEach(this::name);
    sensors.forEach(this::name);
  }

  private void name(ProcessPart part) {
    byName.put(part.name(), part);
    if (part instanceof HydraulicNetwork network) {
      network.parts().forEach(inside -> byName.put(inside.name(), inside));
    }
  }

  @Override
  public String name() {
    return "process";
  }

  /// A quantity as it is now.
  ///
  /// @param pin `part.quantity`, such as `basin.level` or `sensor.tank.level.value`
  /// @throws IllegalArgumentException if there is none; says what there is
  public synchronized double quantity(String pin) {
    return part(pin).quantity(pinName(pin));
  }

  /// Tells a part what to do, from the next step on. Where an actuator or a coupling tells the same
  /// pin, theirs is the last word.
  ///
  /// @param pin `part.command`, such as `drain.stuck` or `sensor.tank.level.broken`
  /// @throws IllegalArgumentException if there is none; says what there is
  public synchronized void command(String pin, double value) {
    part(pin).command(pinName(pin), value);
  }

  @Override
  public synchronized long step(long nowNanos) {
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
    for (Actuator actuator : actuators) {
      actuator.act();
    }
    for (Coupling coupling : couplings) {
      coupling.act();
    }
    for (ProcessPart part : parts) {
      part.step(stepSeconds);
    }
    for (Sensor sensor : sensors) {
      sensor.step(stepSeconds);
    }
  }

  private ProcessPart part(String pin) {
    ProcessPart found = byName.get(pin.substring(0, Math.max(0, pin.lastIndexOf('.'))));
    if (found == null) {
      throw new IllegalArgumentException(
          "the process has " + String.join(", ", byName.keySet()) + ", nothing for '" + pin + "'");
    }
    return found;
  }

  private static String pinName(String pin) {
    return pin.substring(pin.lastIndexOf('.') + 1);
  }
}
