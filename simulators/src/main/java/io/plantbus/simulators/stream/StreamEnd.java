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
  private static final long LEAST_WAKING_NANOS = 1_000_000;

  private final SimulatedStreamPort network;
  private final int port;
  private final PortTrouble trouble;
  private final boolean accepted;
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
  private boolean gone;
  private long readNanos;
  private boolean waking;
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
  /// @param trouble what is wrong with that port
  /// @param accepted whether this is the server's end
  StreamEnd(
      SimulatedStreamPort network,
      int port,
      PortTrouble trouble,
      boolean accepted,
      String name,
      String peerName,
      LinkState state) {
    this.network = network;
    this.port = port;
    this.trouble = trouble;
    this.accepted = accepted;
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

  PortTrouble trouble() {
    return trouble;
  }

  /// Whether this is the server's end.
  boolean isAccepted() {
    return accepted;
  }

  /// Its host is gone, and with it everything that this end knew.
  void vanish() {
    gone = true;
  }

  boolean isGone() {
    return gone;
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
    int most = accepted && trouble.nanosPerByte > 0 ? Math.min(length, allowance()) : length;
    int given = 0;
    while (given < most && !incoming.isEmpty()) {
      Segment first = incoming.getFirst();
      int part = Math.min(most - given, first.bytes.length - readOfFirst);
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
    } else if (given == 0 && incoming.isEmpty()) {
      check();
    }
    return given;
  }

  /// How many bytes a slow reader takes now; it comes back for more.
  private int allowance() {
    long now = network.nowNanos();
    if (incoming.isEmpty()) {
      return 0;
    }
    long bytes = (now - readNanos) / trouble.nanosPerByte;
    readNanos += bytes * trouble.nanosPerByte;
    if (!waking) {
      waking = true;
      network.later(
          Math.max(trouble.nanosPerByte, LEAST_WAKING_NANOS),
          () -> {
            waking = false;
            callback.run();
          });
    }
    return (int) Math.min(bytes, BUFFER_BYTES);
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
    leave("closed");
  }

  @Override
  public void abort() {
    leave("reset");
  }

  private void leave(String how) {
    if (state == LinkState.CLOSED) {
      return;
    }
    boolean told = state == LinkState.LOST;
    state = LinkState.CLOSED;
    incoming.clear();
    if (peer != null && !told) {
      network.leave(this, peer, how);
    }
    network.forget(this);
    finish();
  }

  /// Bytes arrived.
  void arrive(byte[] bytes, long nowNanos) {
    if (state == LinkState.OPEN) {
      if (incoming.isEmpty() && trouble.nanosPerByte > 0) {
        readNanos = nowNanos;
      }
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
