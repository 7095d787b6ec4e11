package io.plantbus.protocols.modbus.trace;

import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;

/// Cuts frames with the header of Modbus TCP, by the length in it (MB 3.1.3). Where that length is
/// impossible, the rest of what came with it is garbage.
final class MbapCutter implements FrameCutter {
  private final boolean datagrams;
  private final Cut cut;
  private final TracedFrame frame;
  private final MbapDeframer deframer = new MbapDeframer();
  private final byte[] broken = new byte[TracedFrame.KEPT_BYTES];
  private long startNanos;
  private long lastNanos;

  /// @param datagrams whether each feed is a datagram
  /// @param frame what pieces are told in
  MbapCutter(boolean datagrams, TracedFrame frame, Cut cut) {
    this.datagrams = datagrams;
    this.frame = frame;
    this.cut = cut;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, long nowNanos) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (deframer.filled() == 0) {
        startNanos = nowNanos;
      }
      at += deframer.take(bytes, at, end - at);
      lastNanos = nowNanos;
      if (deframer.isBroken()) {
        tellGarbage(bytes, at, end - at);
        at = end;
      } else if (deframer.isComplete()) {
        tell();
      }
    }
    if (datagrams) {
      flush();
    }
  }

  private void tell() {
    byte[] adu = deframer.bytes();
    int pdu = deframer.pduLength();
    int length = MbapHeader.BYTES + pdu;
    if (deframer.protocolId() == 0) {
      frame.set(adu, 0, length, deframer.unit(), adu, MbapHeader.BYTES, pdu);
      frame.transactionId = deframer.transactionId();
    } else {
      frame.setGarbage(adu, 0, length);
    }
    deframer.next();
    tellFrame();
  }

  private void tellGarbage(byte[] bytes, int offset, int length) {
    int here = deframer.filled();
    System.arraycopy(deframer.bytes(), 0, broken, 0, here);
    System.arraycopy(bytes, offset, broken, here, Math.min(length, broken.length - here));
    frame.setGarbage(broken, 0, Math.min(here + length, broken.length));
    frame.aduLength = here + length;
    deframer.next();
    tellFrame();
  }

  private void tellFrame() {
    frame.startNanos = startNanos;
    frame.endNanos = lastNanos;
    startNanos = lastNanos;
    cut.cut(frame);
  }

  @Override
  public void flush() {
    if (deframer.filled() > 0) {
      tellGarbage(broken, 0, 0);
    }
  }

  @Override
  public long unfinishedSinceNanos() {
    return Long.MAX_VALUE;
  }
}
