package io.plantbus.protocols.capture.traffic;

/// Why something of a capture was of no use.
public enum Leftover {
  /// A link type that is not read here.
  LINK("packets of a kind of network that is not read here"),
  /// Neither IPv4 nor IPv6, or neither TCP nor UDP in it.
  PROTOCOL("packets that are neither TCP nor UDP"),
  /// A fragment of an IP packet: Modbus has no need of them.
  FRAGMENT("fragments of IP packets, which are not put together"),
  /// The capture kept only the beginning of the packet.
  CUT("packets of which the capture kept only a part"),
  /// Headers that contradict themselves.
  MALFORMED("packets with impossible headers"),
  /// A connection or flow of another protocol.
  NOT_MODBUS("packets of connections that do not carry Modbus"),
  /// A connection that is secured.
  SECURED("packets of connections secured with TLS, which cannot be read"),
  /// Bytes of a stream that the capture missed.
  GAP("gaps in connections, where the capture missed packets"),
  /// Bytes that make no frame, or a frame with a wrong checksum.
  GARBAGE("pieces that are no frame, or have a wrong checksum"),
  /// An answer to nothing that was heard.
  UNMATCHED("answers to requests that are not in the capture"),
  /// A request near a gap or the end of the capture.
  OPEN("requests whose answers are not in the capture"),
  /// More than is kept.
  TOO_MANY("exchanges beyond the most that are taken");

  private final String words;

  Leftover(String words) {
    this.words = words;
  }

  /// For a person, to stand after a number.
  public String words() {
    return words;
  }
}
