package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;
import io.plantbus.hal.DatagramLink;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import org.jspecify.annotations.Nullable;

/// Datagrams to and from one peer. Everything happens on its event loop, which is its owner's
/// thread.
final class NettyDatagramLink implements DatagramLink, AcceptedLink {
  /// How a link sends, and gives up what it sends by.
  interface Carrier {
    /// Sends one datagram or takes nothing.
    ///
    /// @return whether it was taken
    boolean send(byte[] from, int offset, int length);

    /// The link needs this no longer.
    void release();
  }

  private final EventLoopRunner runner;
  private final String name;
  private final String peer;
  private final DatagramQueue queue = new DatagramQueue();
  private volatile LinkState state = LinkState.CONNECTING;
  private volatile Runnable activity = () -> {};
  private Runnable finished = () -> {};
  private @Nullable Carrier carrier;
  private @Nullable TcpFault fault;
  private boolean heard;

  /// @param name the endpoint as a user would write it
  NettyDatagramLink(EventLoopRunner runner, String name, String peer) {
    this.runner = runner;
    this.name = name;
    this.peer = peer;
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
    assert runner.loop().inEventLoop() : "read outside the owner's thread";
    int count = length == 0 ? 0 : queue.take(into, offset, length);
    if (count == 0 && queue.isEmpty()) {
      throwIfGone();
    }
    return count;
  }

  @Override
  public long arrivalNanos() {
    return queue.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    assert runner.loop().inEventLoop() : "write outside the owner's thread";
    throwIfGone();
    Carrier by = carrier;
    return length > 0 && by != null && state == LinkState.OPEN && by.send(from, offset, length)
        ? length
        : 0;
  }

  @Override
  public void discardInput() {
    queue.clear();
  }

  @Override
  public long overruns() {
    return queue.lostBytes();
  }

  @Override
  public void onActivity(Runnable callback) {
    activity = callback;
  }

  @Override
  public void onFinished(Runnable callback) {
    finished = callback;
  }

  @Override
  public void close() {
    if (state == LinkState.CLOSED) {
      return;
    }
    state = LinkState.CLOSED;
    queue.clear();
    release();
    finished.run();
  }

  /// The link can be used from now on; the carrier is released at once if its owner has gone.
  void open(Carrier by) {
    carrier = by;
    if (state == LinkState.CONNECTING) {
      state = LinkState.OPEN;
      activity.run();
    } else {
      release();
    }
  }

  /// A datagram arrived; the caller releases the buffer, and says when to look at the queue.
  void arrived(ByteBuf datagram) {
    if (state == LinkState.OPEN) {
      heard = true;
      queue.put(datagram, runner.clock().nanoTime());
    }
  }

  /// There is something to read, or room to write.
  void stir() {
    activity.run();
  }

  /// The peer says that nobody listens there. What was sent is lost, as any datagram may be; a peer
  /// that was heard since it last said so may just be starting again.
  void refused(TcpFault reason) {
    if (heard) {
      heard = false;
    } else {
      lose(reason);
    }
  }

  /// The link is lost; the first reason stands.
  void lose(TcpFault reason) {
    if (state == LinkState.CLOSED || state == LinkState.LOST) {
      return;
    }
    fault = reason;
    state = LinkState.LOST;
    release();
    activity.run();
  }

  private void release() {
    Carrier by = carrier;
    carrier = null;
    if (by != null) {
      by.release();
    }
  }

  private void throwIfGone() throws PortException {
    if (state == LinkState.CLOSED) {
      throw new PortException(PortFault.CLOSED, name + " was closed by this program");
    }
    if (fault != null) {
      finished.run();
      throw fault.exception();
    }
  }
}
