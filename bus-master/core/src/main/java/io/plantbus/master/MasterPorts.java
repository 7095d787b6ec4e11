package io.plantbus.master;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.master.plant.LineSpec;

/// Where a master's lines come from: chosen once, by the composition root; hardware, or simulators
/// behind the same ports.
public interface MasterPorts {
  /// Who runs the agent of that line. Called once per line, before its opener is asked for.
  AgentRunner runner(LineSpec line);

  /// How a Modbus line is opened.
  ///
  /// @param runner the one that `runner` gave for this line
  LinkOpener linkOpener(LineSpec line, AgentRunner runner);

  /// How an I2C line is opened.
  I2cOpener i2cOpener(LineSpec line);

  /// Who runs the control loops.
  AgentRunner loopRunner();
}
