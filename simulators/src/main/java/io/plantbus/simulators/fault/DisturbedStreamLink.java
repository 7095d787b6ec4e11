package io.plantbus.simulators.fault;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamLink;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// A stream link whose outgoing answers go through a disturber, and whose connection fails in the
/// ways of TCP, as far as that can be brought about from the server's side:
///
/// ```
///  RESET        ── first bytes of an answer, unless another is on its way ── reset
///  HALF_OPEN    ── everything is taken and nothing answered ── fault over, next byte: reset
///  BLACK_HOLE   ── nothing is read or sent ── fault over: all of it
///  SLOW_READER  ── a byte is read each so often, so that TCP holds the client back
/// ```
final class DisturbedStreamLink extends DisturbedLink implements StreamLink {
  /// How often a link in a black hole asks whether that is over.
  private static final long ASKING_NANOS = 20_000_000;

  private final StreamLink link;
  private final AnswerDisturber disturber;
  private boolean vanished;
  private long readNanos;

  /// Whether the owner is still to meet the end of the link.
  private boolean aborted;

  DisturbedStreamLink(StreamLink link, AnswerDisturber disturber) {
    super(link, disturber);
    this.link = link;
    this.disturber = disturber;
    this.readNanos = disturber.nowNanos();
  }

  @Override
  long flush(long nowNanos) {
    if (aborted) {
      aborted = false;
      return nowNanos;
    }
    if (link.state() != LinkState.OPEN) {
      return Long.MAX_VALUE;
    }
    if (disturber.active(FaultKind.BLACK_HOLE) != null) {
      return nowNanos + ASKING_NANOS;
    }
    Fault slow = disturber.active(FaultKind.SLOW_READER);
    long next = super.flush(nowNanos);
    return slow == null
        ? next
        : Math.min(next, nowNanos + Math.clamp(slow.delayNanos(), 1_000_000, ASKING_NANOS));
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    if (disturber.active(FaultKind.BLACK_HOLE) != null) {
      return 0;
    }
    if (vanished) {
      return readVanished(into, offset, length);
    }
    Fault slow = disturber.active(FaultKind.SLOW_READER);
    return slow == null
        ? link.read(into, offset, length)
        : readSlowly(into, offset, length, slow.delayNanos());
  }

  private int readVanished(byte[] into, int offset, int length) throws PortException {
    if (link.read(into, offset, length) > 0 && disturber.active(FaultKind.HALF_OPEN) == null) {
      abort();
    }
    return 0;
  }

  private int readSlowly(byte[] into, int offset, int length, long nanosPerByte)
      throws PortException {
    long now = disturber.nowNanos();
    long most = nanosPerByte == 0 ? length : 1 + ASKING_NANOS / nanosPerByte;
    long allowed = nanosPerByte == 0 ? length : Math.min(most, (now - readNanos) / nanosPerByte);
    if (allowed == 0) {
      return 0;
    }
    int count = link.read(into, offset, (int) Math.min(length, allowed));
    readNanos = now;
    return count;
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    if (vanished || disturber.strikes(FaultKind.HALF_OPEN)) {
      vanished = true;
      return length;
    }
    if (disturber.strikes(FaultKind.RESET)) {
      int bytes = disturber.bytesBeforeReset(length);
      if (!disturber.isWaiting()) {
        link.write(from, offset, bytes);
      }
      abort();
      return length;
    }
    return super.write(from, offset, length);
  }

  @Override
  boolean isHeld() {
    return vanished || disturber.active(FaultKind.BLACK_HOLE) != null;
  }

  @Override
  public void abort() {
    aborted = true;
    link.abort();
  }

  @Override
  public String peer() {
    return link.peer();
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    return link.peerCertificate();
  }
}
