package io.plantbus.app.device;

import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.Request;

/// One device that answers one request after the other, for a caller that waits.
@FunctionalInterface
public interface Asking {
  /// Sends a request and waits for what becomes of it.
  ///
  /// @throws PortException if the link cannot be opened or was lost
  /// @throws InterruptedException if the waiting thread is interrupted
  Exchange ask(Request request) throws PortException, InterruptedException;
}
