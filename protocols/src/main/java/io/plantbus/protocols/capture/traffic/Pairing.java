package io.plantbus.protocols.capture.traffic;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.FrameListener;
import io.plantbus.protocols.modbus.trace.LineEavesdropper;
import io.plantbus.protocols.modbus.trace.TracedFrame;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pairs what goes between a client and its server.
final class Pairing implements FrameListener {
  private static final long SILENCE_NANOS = 100_000_000L;
  private static final long LONGEST_ANSWER_NANOS = 10_000_000_000L;

  private final Ledger ledger;
  private final CapturedServer server;
  private final LineEavesdropper eavesdropper;
  private final Map<Long, Long> packets = new LinkedHashMap<>();
  private boolean cutOff;
  private long lastNanos;
  private long frames;

  /// Where exchanges and what is left of them go.
  interface Ledger {
    /// The packet that is being read.
    long packet();

    /// An exchange is complete.
    void add(CapturedExchange exchange);

    /// Something is of no use.
    void leave(Leftover reason, long packet);
  }

  Pairing(Ledger ledger, CapturedServer server) {
    this.ledger = ledger;
    this.server = server;
    this.eavesdropper =
        new LineEavesdropper(
            new EavesdropperSettings(server.framing(), SILENCE_NANOS, LONGEST_ANSWER_NANOS), this);
  }

  void heard(boolean toServer, ByteBuffer bytes, long nowNanos) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    Channel from = toServer ? Channel.FROM_CLIENT : Channel.FROM_SERVER;
    lastNanos = Math.max(lastNanos, nowNanos);
    eavesdropper.heard(from, copy, 0, copy.length, lastNanos);
  }

  /// Bytes are missing here: what is open stays so.
  void interrupted(long nowNanos) {
    cutOff = true;
    lastNanos = Math.max(lastNanos, nowNanos);
    eavesdropper.interrupted(lastNanos);
    cutOff = false;
    packets.clear();
  }

  /// Whole frames heard so far.
  long frames() {
    return frames;
  }

  @Override
  public void frame(TracedFrame frame) {
    switch (frame.verdict()) {
      case GARBAGE, CHECKSUM_WRONG -> ledger.leave(Leftover.GARBAGE, ledger.packet());
      case UNMATCHED -> ledger.leave(Leftover.UNMATCHED, ledger.packet());
      case VALID, LATE -> {
        frames++;
        TracedFrame request = frame.request();
        if (request != null) {
          add(request, pdu(frame), frame.endNanos());
        } else if (server.framing().isSerial() && frame.unit() == 0) {
          add(frame, null, frame.endNanos());
        } else {
          packets.put(frame.number(), ledger.packet());
        }
      }
    }
  }

  @Override
  public void unanswered(TracedFrame request, long nowNanos) {
    if (cutOff) {
      Long packet = packets.remove(request.number());
      ledger.leave(Leftover.OPEN, packet == null ? ledger.packet() : packet);
    } else {
      add(request, null, request.endNanos());
    }
  }

  private void add(TracedFrame request, @Nullable ByteBlock response, long responseNanos) {
    Long packet = packets.remove(request.number());
    ledger.add(
        new CapturedExchange(
            packet == null ? ledger.packet() : packet,
            server,
            request.unit(),
            pdu(request),
            request.endNanos(),
            response,
            responseNanos));
  }

  private static ByteBlock pdu(TracedFrame frame) {
    return ByteBlock.copyOf(frame.pdu(), 0, frame.pduLength());
  }
}
