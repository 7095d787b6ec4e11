package io.plantbus.protocols.capture;

/// What the packets of an interface begin with, two bytes in its description.
public enum LinkType {
  /// An IPv4 or IPv6 header.
  RAW_IP(101),
  /// Tags that name the dissector and the addresses, then the bytes of an upper protocol.
  UPPER_PDU(252);

  private final int code;

  LinkType(int code) {
    this.code = code;
  }

  /// The number in the file, 0..65535.
  public int code() {
    return code;
  }
}
