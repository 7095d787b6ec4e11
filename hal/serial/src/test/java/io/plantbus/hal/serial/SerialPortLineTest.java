package io.plantbus.hal.serial;

import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.linux.TerminalSettings;

class SerialPortLineTest extends SerialLineContract {
  private final SerialPorts ports = new SerialPorts(NanoClock.system(), TerminalSettings::inForce);

  @Override
  SerialLine open(String device, SerialSettings settings) throws PortException {
    return ports.open(device, settings);
  }

  @Override
  String threadPrefix() {
    return "plantbus-serial-";
  }
}
