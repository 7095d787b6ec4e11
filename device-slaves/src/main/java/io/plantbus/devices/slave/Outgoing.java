package io.plantbus.devices.slave;

import io.plantbus.hal.Link;
import io.plantbus.hal.PortException;

/// What waits to be sent until its link takes it.
sealed interface Outgoing permits OutgoingBytes, OutgoingDatagrams {
  /// Whether nothing waits.
  boolean isEmpty();

  /// Takes one frame.
  void add(byte[] from, int offset, int length);

  /// Hands over what the link takes now.
  void flush(Link link) throws PortException;

  /// Forgets what waits.
  void clear();
}
