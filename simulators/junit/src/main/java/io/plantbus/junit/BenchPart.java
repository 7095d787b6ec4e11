package io.plantbus.junit;

import io.plantbus.simulators.process.ProcessModel;

/// A part of the process behind a bench, such as a tank. Safe for use by any thread.
public final class BenchPart {
  private final ProcessModel process;
  private final String name;

  BenchPart(ProcessModel process, String name) {
    this.process = process;
    this.name = name;
  }

  /// As in the bench file.
  public String name() {
    return name;
  }

  /// A quantity as it is now, such as `level` of a tank, in the unit that the part says.
  ///
  /// @throws IllegalArgumentException if there is no such part or quantity; says what there is
  public double get(String quantity) {
    return process.quantity(name + "." + quantity);
  }

  /// Tells the part something, such as `level` of a tank or `run` of a pump, which is 0 or 1. What
  /// an actuator of the bench is wired to is told again by it at the next step.
  ///
  /// @throws IllegalArgumentException if there is no such part or command; says what there is
  public void set(String command, double value) {
    process.command(name + "." + command, value);
  }
}
