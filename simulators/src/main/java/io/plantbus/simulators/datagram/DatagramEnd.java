package io.plantbus.simulators.datagram;

import io.plantbus.hal.DatagramLink;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one side has of its datagrams with one peer.
final class DatagramEnd implements DatagramLink {
  /// Datagrams that wait to be read at most.
  static final int CAPACITY = 32;

  private final String name;
  private final String peer;
  private final Carrier carrier;
  private final ArrayDeque<Arrived> incoming = new ArrayDeque<>();
  private @Nullable PortException loss;
  private Runnable callback = () -> {};
  private Runnable finished = () -> {};
  private LinkState state = LinkState.CONNECTING;
  private long arrivalNanos;
  private long overruns;

  /// Takes a datagram to the peer of an end.
  @FunctionalInterface
  interface Carrier {
    void carry(DatagramEnd from, byte[] datagram);
  }

  private static final class Arrived {
    final byte[] datagram;
    final long nanos;

    Arrived(byte[] datagram, long nanos) {
      this.datagram = datagram;
      this.nanos = nanos;
    }
  }

  DatagramEnd(String name, String peer, Carrier carrier) {
    this.name = name;
    this.peer = peer;
    this.carrier = carrier;
  }

  void open() {
    if (state == LinkState.CONNECTING) {
      state = LinkState.OPEN;
      callback.run();
    }
  }

  /// What to run once when the link is closed by its owner or lost.
  void onFinished(Runnable action) {
    finished = action;
  }

  /// A datagram arrived; it is lost if there is no room for it, or nobody listens any more.
  void arrive(byte[] datagram, long nowNanos) {
    if (state != LinkState.OPEN || datagram.length == 0) {
      return;
    }
    if (incoming.size() == CAPACITY) {
      overruns += datagram.length;
    } else {
      incoming.addLast(new Arrived(datagram, nowNanos));
      callback.run();
    }
  }

  /// The link is gone; what arrived before can still be read.
  void lose(PortFault fault, String reason) {
    if (state == LinkState.OPEN || state == LinkState.CONNECTING) {
      state = LinkState.LOST;
      loss = new PortException(fault, reason);
      callback.run();
      finish();
    }
  }

  private void finish() {
    Runnable action = finished;
    finished = () -> {};
    action.run();
  }

  private void check() throws PortException {
    if (loss != null) {
      throw loss;
    }
    if (state == LinkState.CLOSED) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    if (length == 0) {
      return 0;
    }
    Arrived first = incoming.pollFirst();
    if (first == null) {
      check();
      return 0;
    }
    int count = Math.min(length, first.datagram.length);
    System.arraycopy(first.datagram, 0, into, offset, count);
    arrivalNanos = first.nanos;
    return count;
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    check();
    if (state != LinkState.OPEN) {
      return 0;
    }
    if (length > 0) {
      carrier.carry(this, Arrays.copyOfRange(from, offset, offset + length));
    }
    return length;
  }

  @Override
  public void discardInput() {
    incoming.clear();
  }

  @Override
  public long overruns() {
    return overruns;
  }

  @Override
  public void onActivity(Runnable newCallback) {
    callback = newCallback;
  }

  @Override
  public void close() {
    if (state == LinkState.CLOSED) {
      return;
    }
    state = LinkState.CLOSED;
    incoming.clear();
    finish();
  }
}
