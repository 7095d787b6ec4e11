package io.plantbus.protocols.capture.traffic;

import io.plantbus.protocols.modbus.trace.LineFraming;
import java.nio.ByteBuffer;

/// A connection, or a flow of datagrams between two peers. One that began before the capture is
/// taken from the first segment on that begins like a frame of Modbus TCP (MB 3.1.3); one that
/// never does is of another protocol.
final class Conversation {
  private static final int MOST_STRANGE = 4;

  private final Pairing.Ledger ledger;
  private final Peer server;
  private final Pairing pairing;
  private final StreamSide requests;
  private final StreamSide answers;
  private int strange;
  private long heard;
  private boolean secured;

  /// A capture of several lines or cards may tell one after the other: only here time goes on.
  private long lastNanos = Long.MIN_VALUE;

  private boolean requestsInStep;
  private boolean answersInStep;

  Conversation(Pairing.Ledger ledger, Peer server, String name, LineFraming framing) {
    this.ledger = ledger;
    this.server = server;
    this.pairing = new Pairing(ledger, new CapturedServer(name, "", framing));
    this.requests = new StreamSide(new Side(true));
    this.answers = new StreamSide(new Side(false));
  }

  void segment(Unwrapped.Tcp segment, long packetNanos) {
    long nowNanos = Math.max(lastNanos, packetNanos);
    lastNanos = nowNanos;
    boolean toServer = segment.to().equals(server);
    StreamSide side = toServer ? requests : answers;
    if (segment.syn()) {
      if (!segment.ack()) {
        end();
        strange = 0;
      }
      setInStep(toServer, true);
      side.opened(segment.sequence());
      return;
    }
    if (segment.ack()) {
      (toServer ? answers : requests).acknowledged(segment.acknowledgement(), nowNanos);
    }
    requests.advance(nowNanos);
    answers.advance(nowNanos);
    if (segment.payload().hasRemaining() || !segment.whole()) {
      if (isForeign()) {
        ledger.leave(secured ? Leftover.SECURED : Leftover.NOT_MODBUS, ledger.packet());
        return;
      }
      side.segment(segment.sequence(), segment.payload(), segment.whole(), nowNanos);
    }
  }

  void datagram(Unwrapped.Udp datagram, long packetNanos) {
    lastNanos = Math.max(lastNanos, packetNanos);
    if (isForeign() || !isFrame(datagram.payload())) {
      strange++;
      ledger.leave(Leftover.NOT_MODBUS, ledger.packet());
      return;
    }
    pairing.heard(datagram.to().equals(server), datagram.payload(), lastNanos);
  }

  void end() {
    requests.end(lastNanos);
    answers.end(lastNanos);
    pairing.interrupted(lastNanos);
  }

  private boolean isForeign() {
    return strange >= MOST_STRANGE && pairing.frames() == 0;
  }

  private void setInStep(boolean toServer, boolean inStep) {
    if (toServer) {
      requestsInStep = inStep;
    } else {
      answersInStep = inStep;
    }
  }

  /// Whether bytes begin like a frame of Modbus TCP.
  private static boolean isFrame(ByteBuffer bytes) {
    int at = bytes.position();
    if (bytes.remaining() < 8) {
      return false;
    }
    int length = (bytes.get(at + 4) & 0xFF) << 8 | (bytes.get(at + 5) & 0xFF);
    return bytes.get(at + 2) == 0
        && bytes.get(at + 3) == 0
        && length >= 2
        && length <= 254
        && bytes.get(at + 7) != 0;
  }

  private static boolean isTls(ByteBuffer bytes) {
    int at = bytes.position();
    return bytes.remaining() > 2
        && bytes.get(at) >= 0x14
        && bytes.get(at) <= 0x17
        && bytes.get(at + 1) == 3;
  }

  private final class Side implements StreamSide.Reader {
    private final boolean toServer;

    Side(boolean toServer) {
      this.toServer = toServer;
    }

    @Override
    public void bytes(ByteBuffer bytes, boolean boundary, long nowNanos) {
      boolean inStep = !boundary && (toServer ? requestsInStep : answersInStep);
      boolean taken = isFrame(bytes) || (inStep && mayContinue(bytes));
      setInStep(toServer, taken);
      if (taken) {
        heard += bytes.remaining();
        pairing.heard(toServer, bytes, nowNanos);
      } else {
        strange++;
        secured |= isTls(bytes);
        ledger.leave(secured ? Leftover.SECURED : Leftover.NOT_MODBUS, ledger.packet());
      }
    }

    /// Whether these may be the rest of a frame, or its first few bytes.
    private boolean mayContinue(ByteBuffer bytes) {
      return heard > 0 || bytes.remaining() < 8;
    }

    @Override
    public void gap(long nowNanos) {
      ledger.leave(Leftover.GAP, ledger.packet());
      setInStep(toServer, false);
      pairing.interrupted(nowNanos);
    }
  }
}
