package io.plantbus.protocols.modbus.framing;

/// How frames stand on a serial line (SL 2.5).
public enum SerialFraming {
  /// Bytes, delimited by their lengths and by silence.
  RTU,
  /// Two characters for each byte, delimited by characters.
  ASCII
}
