package io.plantbus.hal;

/// Opens one endpoint, again and again if need be: what a line's owner holds to connect and
/// reconnect.
@FunctionalInterface
public interface LinkOpener {
  /// Opens the endpoint. A stream link may be returned while it is still connecting; a serial line
  /// is open on return, within a second or so. Called on the owner's thread.
  ///
  /// @throws PortException if the endpoint cannot be opened, with the reason and what to do about
  ///   it
  Link open() throws PortException;
}
