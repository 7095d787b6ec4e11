package io.plantbus.hal.linux;

import io.plantbus.hal.DigitalOutput;
import io.plantbus.hal.PortException;

/// A requested line that is driven.
final class LinuxDigitalOutput implements DigitalOutput {
  private final GpioLine line;
  private boolean active;

  LinuxDigitalOutput(GpioLine line, boolean active) {
    this.line = line;
    this.active = active;
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public void set(boolean active) throws PortException {
    line.set(active);
    this.active = active;
  }

  @Override
  public boolean isSet() {
    return active;
  }

  @Override
  public void close() {
    line.close();
  }
}
