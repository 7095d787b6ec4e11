package io.plantbus.protocols.capture.traffic;

import java.nio.ByteBuffer;

/// What a packet of a capture holds.
sealed interface Unwrapped {
  /// A segment of a connection (RFC 9293 3.1).
  ///
  /// @param sequence of its first byte
  /// @param acknowledgement what the sender waits for next; only with `ack`
  /// @param payload its bytes; fewer than it had if the capture cut it
  /// @param whole whether none of it was cut
  record Tcp(
      Peer from,
      Peer to,
      int sequence,
      int acknowledgement,
      boolean syn,
      boolean ack,
      ByteBuffer payload,
      boolean whole)
      implements Unwrapped {}

  /// A datagram.
  record Udp(Peer from, Peer to, ByteBuffer payload) implements Unwrapped {}

  /// A frame of a serial line, as Plantbus records it.
  ///
  /// @param ascii whether it is of Modbus ASCII, else of RTU
  record Serial(boolean toServer, boolean ascii, ByteBuffer frame) implements Unwrapped {}

  /// Nothing of use.
  record Useless(Leftover reason) implements Unwrapped {}
}
