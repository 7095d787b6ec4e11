package io.plantbus.hal.linux;

import io.plantbus.hal.DigitalInput;
import io.plantbus.hal.PortException;

/// A requested line that is observed.
final class LinuxDigitalInput implements DigitalInput {
  private final GpioLine line;

  LinuxDigitalInput(GpioLine line) {
    this.line = line;
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public boolean isActive() throws PortException {
    return line.get();
  }

  @Override
  public void close() {
    line.close();
  }
}
