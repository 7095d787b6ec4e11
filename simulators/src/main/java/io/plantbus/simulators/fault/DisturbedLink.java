package io.plantbus.simulators.fault;

import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;

/// A link whose outgoing answers go through a disturber.
sealed class DisturbedLink implements Link permits DisturbedStreamLink {
  private final Link link;
  private final AnswerDisturber disturber;

  DisturbedLink(Link link, AnswerDisturber disturber) {
    this.link = link;
    this.disturber = disturber;
  }

  /// Sends what is due and tells when to come again.
  long flush(long nowNanos) {
    if (link.state() != LinkState.OPEN) {
      return Long.MAX_VALUE;
    }
    try {
      send(nowNanos);
    } catch (PortException _) {
      // The owner meets the same at its next read, and knows what to do.
      return Long.MAX_VALUE;
    }
    // What is due and did not fit goes on when the link tells of room.
    return disturber.due(nowNanos) == null ? disturber.deadline() : Long.MAX_VALUE;
  }

  /// Whether nothing is sent now.
  boolean isHeld() {
    return false;
  }

  private void send(long nowNanos) throws PortException {
    if (isHeld()) {
      return;
    }
    AnswerDisturber.Waiting next = disturber.due(nowNanos);
    while (next != null) {
      int left = next.left();
      int taken = link.write(next.bytes, next.sent(), left);
      disturber.sent(next, taken);
      next = taken < left ? null : disturber.due(nowNanos);
    }
  }

  @Override
  public String name() {
    return link.name();
  }

  @Override
  public LinkState state() {
    return link.state();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    return link.read(into, offset, length);
  }

  @Override
  public long arrivalNanos() {
    return link.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    int taken = disturber.take(from, offset, length);
    send(disturber.nowNanos());
    return taken;
  }

  @Override
  public void discardInput() {
    link.discardInput();
  }

  @Override
  public long overruns() {
    return link.overruns();
  }

  @Override
  public void onActivity(Runnable callback) {
    link.onActivity(callback);
  }

  @Override
  public void close() {
    link.close();
  }
}
