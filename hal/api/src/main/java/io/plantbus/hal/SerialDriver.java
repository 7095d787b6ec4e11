package io.plantbus.hal;

/// Which adapter opens a serial port.
public enum SerialDriver {
  /// [#LINUX] on Linux where a direction is asked for, [#JSERIALCOMM] otherwise.
  AUTO,
  /// The portable library.
  JSERIALCOMM,
  /// The kernel's own interface, which alone turns an RS-485 driver as it is told.
  LINUX
}
