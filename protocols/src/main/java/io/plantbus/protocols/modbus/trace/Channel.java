package io.plantbus.protocols.modbus.trace;

/// Where bytes that are listened to come from.
public enum Channel {
  /// From the side that asks.
  FROM_CLIENT,
  /// From the side that answers.
  FROM_SERVER,
  /// From either side, as on a two-wire line that is only listened to.
  EITHER
}
