package io.plantbus.simulators.stream;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamLink;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One end of a simulated connection.
final class StreamEnd implements StreamLink {
  private static final int BUFFER_BYTES = 65_536;

  private final SimulatedStreamPort network;
  private final int port;
  private final String name;
  private final String peerName;
  private final ArrayDeque<Segment> incoming = new ArrayDeque<>();
  private @Nullable StreamEnd peer;
  private @Nullable PortException loss;
  private @Nullable Runnable finished;
  private Runnable callback = () -> {};
  private LinkState state;
  private int readOfFirst;
  private long arrivalNanos;
  private int underWay;
  private long clearNanos;

  private static final class Segment {
    final byte[] bytes;
    final long arrivalNanos;

    Segment(byte[] bytes, long arrivalNanos) {
      this.bytes = bytes;
      this.arrivalNanos = arrivalNanos;
    }
  }

  /// @param port the listening port that the connection belongs to
  StreamEnd(SimulatedStreamPort network, int port, String name, String peerName, LinkState state) {
    this.network = network;
    this.port = port;
    this.name = name;
    this.peerName = peerName;
    this.state = state;
  }

  void connect(StreamEnd other) {
    peer = other;
    state = LinkState.OPEN;
    callback.run();
  }

  /// What to run once when the link is closed by its owner or lost.
  void onFinished(Runnable action) {
    finished = action;
  }

  int port() {
    return port;
  }

  /// When everything sent so far has arrived: later segments never overtake.
  long clearNanos() {
    return clearNanos;
  }

  void clearAt(long nanos) {
    clearNanos = nanos;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String peer() {
    return peerName;
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    int given = 0;
    while (given < length && !incoming.isEmpty()) {
      Segment first = incoming.getFirst();
      int part = Math.min(length - given, first.bytes.length - readOfFirst);
      System.arraycopy(first.bytes, readOfFirst, into, offset + given, part);
      given += part;
      readOfFirst += part;
      arrivalNanos = first.arrivalNanos;
      if (readOfFirst == first.bytes.length) {
        incoming.removeFirst();
        readOfFirst = 0;
      }
    }
    if (given > 0 && peer != null) {
      peer.acknowledged(given);
    } else if (given == 0) {
      check();
    }
    return given;
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    check();
    if (state == LinkState.CONNECTING || peer == null) {
      return 0;
    }
    int taken = Math.min(length, BUFFER_BYTES - underWay);
    if (taken > 0) {
      underWay += taken;
      network.carry(this, peer, from, offset, taken);
    }
    return taken;
  }

  @Override
  public void discardInput() {
    int dropped = -readOfFirst;
    for (Segment segment : incoming) {
      dropped += segment.bytes.length;
    }
    incoming.clear();
    readOfFirst = 0;
    if (dropped > 0 && peer != null) {
      peer.acknowledged(dropped);
    }
  }

  /// Never any: a stream holds back its sender instead.
  @Override
  public long overruns() {
    return 0;
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
    boolean told = state == LinkState.LOST;
    state = LinkState.CLOSED;
    incoming.clear();
    if (peer != null && !told) {
      network.leave(this, peer);
    }
    network.forget(this);
    finish();
  }

  /// Bytes arrived.
  void arrive(byte[] bytes, long nowNanos) {
    if (state == LinkState.OPEN) {
      incoming.addLast(new Segment(bytes, nowNanos));
      callback.run();
    }
  }

  /// The connection is gone; what arrived before can still be read.
  void lose(PortFault fault, String reason) {
    if (state == LinkState.OPEN || state == LinkState.CONNECTING) {
      state = LinkState.LOST;
      loss = new PortException(fault, reason);
      callback.run();
      finish();
    }
  }

  private void acknowledged(int bytes) {
    boolean full = underWay == BUFFER_BYTES;
    underWay -= bytes;
    if (full && state == LinkState.OPEN) {
      callback.run();
    }
  }

  private void finish() {
    Runnable action = finished;
    finished = null;
    if (action != null) {
      action.run();
    }
  }

  private void check() throws PortException {
    if (loss != null) {
      throw loss;
    }
    if (state == LinkState.CLOSED) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
  }
}
