package io.plantbus.protocols.modbus.framing;

/// How frames stand in a stream such as a TCP connection.
public enum StreamFraming {
  /// Modbus TCP: a header tells the length (MB 3.1.3).
  MBAP,
  /// RTU frames with their checksum, as on a serial line but without its times.
  RTU,
  /// ASCII frames, as on a serial line.
  ASCII
}
