package io.plantbus.protocols.capture.traffic;

/// One end of a flow.
///
/// @param address as a person writes it, IPv6 in its full form without leading zeros
/// @param port 0..65535
record Peer(String address, int port) {
  @Override
  public String toString() {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
