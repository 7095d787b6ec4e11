package io.plantbus.app.wiring;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;

/// The ports of this machine: serial and I2C lines on threads of their own, TCP lines on the event
/// loops of their channels.
public final class HardwarePorts implements MasterPorts {
  private final Adapters adapters;

  /// @param adapters stay open as long as the master runs
  public HardwarePorts(Adapters adapters) {
    this.adapters = adapters;
  }

  @Override
  public AgentRunner runner(LineSpec line) {
    return adapters.runner(line.transport());
  }

  @Override
  public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
    return adapters.link(line.transport(), runner);
  }

  @Override
  public I2cOpener i2cOpener(LineSpec line) {
    if (!(line.transport() instanceof Transport.I2c(String device))) {
      throw new IllegalArgumentException("line " + line.name() + " is no I2C bus");
    }
    return adapters.i2c(device);
  }

  @Override
  public AgentRunner loopRunner() {
    return adapters.threads();
  }
}
