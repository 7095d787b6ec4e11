package io.plantbus.protocols.modbus.framing;

/// Whether a serial line hears what it sends, as two-wire adapters do whose receiver stays on.
public enum EchoMode {
  /// It does not.
  NONE,
  /// It does: what does not come back was lost.
  EXPECTED,
  /// To be found out from the traffic, anew after the line was lost.
  AUTO
}
