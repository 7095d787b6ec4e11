package io.plantbus.hal.serial;

import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.linux.LinuxSerialPorts;

/// The other implementation of the same port, held to the same contract.
class LinuxSerialLineTest extends SerialLineContract {
  private final LinuxSerialPorts ports = new LinuxSerialPorts(NanoClock.system());

  @Override
  SerialLine open(String device, SerialSettings settings) throws PortException {
    return ports.open(device, settings);
  }

  @Override
  String threadPrefix() {
    return "plantbus-tty-";
  }
}
