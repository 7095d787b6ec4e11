package io.plantbus.hal;

/// Why a port cannot be used.
public enum PortFault {
  /// No such device file, adapter or bus.
  MISSING,
  /// The operating system denies access.
  PERMISSION_DENIED,
  /// Somebody else holds it: another process on a serial port, a taken TCP port.
  BUSY,
  /// The hardware does not take these settings.
  UNSUPPORTED_SETTINGS,
  /// The name of the host does not resolve.
  UNKNOWN_HOST,
  /// The peer actively refuses the connection.
  REFUSED,
  /// One side does not accept the certificate of the other, or the two share no protocol version.
  UNTRUSTED,
  /// No answer, or no route, within the time allowed.
  UNREACHABLE,
  /// It worked and is gone: cable pulled, connection reset or closed by the peer.
  LOST,
  /// Closed by its owner.
  CLOSED,
  /// The vendor's library or the operating system failed in another way.
  FAILED
}
