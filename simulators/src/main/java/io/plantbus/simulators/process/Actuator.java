package io.plantbus.simulators.process;

import io.plantbus.devices.TagValue;

/// Carries what a master wrote into a slave to a part of the process: command = value · scale +
/// offset.
public final class Actuator {
  private final SimulatedSlave slave;
  private final String resource;
  private final ProcessPart part;
  private final String command;
  private final double scale;
  private final double offset;

  /// @param command a command of the part
  public Actuator(
      SimulatedSlave slave,
      String resource,
      ProcessPart part,
      String command,
      double scale,
      double offset) {
    this.slave = slave;
    this.resource = resource;
    this.part = part;
    this.command = command;
    this.scale = scale;
    this.offset = offset;
  }

  /// Carries it over once.
  public void act() {
    TagValue value = slave.get(resource);
    double number = value == null ? Double.NaN : value.asDouble();
    if (Double.isFinite(number)) {
      part.command(command, number * scale + offset);
    }
  }
}
