package io.plantbus.simulators.serial;

import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;

/// Opens one serial port, again and again if need be.
@FunctionalInterface
public interface SerialOpener extends LinkOpener {
  @Override
  SerialLine open() throws PortException;
}
