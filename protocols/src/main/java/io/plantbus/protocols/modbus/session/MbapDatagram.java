package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.framing.MbapDeframer;

/// Tells datagrams that are exactly one application data unit.
final class MbapDatagram {
  private final MbapDeframer deframer = new MbapDeframer();

  /// Whether header and length fit the datagram, neither more nor less.
  boolean isWhole(byte[] bytes, int offset, int length) {
    deframer.next();
    int taken = deframer.take(bytes, offset, length);
    return taken == length && deframer.isComplete();
  }
}
