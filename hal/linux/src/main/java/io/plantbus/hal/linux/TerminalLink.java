package io.plantbus.hal.linux;

import io.plantbus.hal.AgentThread;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.WaitingPlace;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of an open terminal, whatever its kind: buffers, state, and the thread that waits for
/// it, gives bytes their arrival time and runs the activity callback.
///
/// That is the thread of the agent that opens it, if it is one that can wait: then nothing is
/// handed from thread to thread. Otherwise it is a daemon thread of its own.
///
/// Its methods are those of [io.plantbus.hal.Link] and keep that contract.
final class TerminalLink {
  private static final Logger LOGGER = LoggerFactory.getLogger(TerminalLink.class);
  private static final int BUFFER_BYTES = 8192;
  private static final int CHUNK_BYTES = 1024;
  private static final long LONGEST_CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final long LONGEST_DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final String name;
  private final TerminalPort port;
  private final NanoClock clock;
  private final String remedy;
  private final ReceiveBuffer received = new ReceiveBuffer(BUFFER_BYTES);
  private final String threadName;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final CountDownLatch released = new CountDownLatch(1);
  private final WaitingPlace place = new Place();
  private @Nullable Thread server;
  private volatile Runnable activity = () -> {};
  private volatile boolean wantsRoom;
  private long closeByNanos;
  private volatile boolean closed;
  private volatile @Nullable PortException loss;

  /// @param name of the link, for messages
  /// @param threadName of the thread
  /// @param port owned from now on
  /// @param remedy what to do when the terminal is lost, as the end of a sentence
  TerminalLink(String name, String threadName, TerminalPort port, NanoClock clock, String remedy) {
    this.name = name;
    this.port = port;
    this.clock = clock;
    this.remedy = remedy;
    this.threadName = threadName;
  }

  /// Has the terminal served from now on.
  ///
  /// @param alone whether that needs a thread that has nothing else to do
  void start(boolean alone) {
    if (!alone && Thread.currentThread() instanceof AgentThread thread && thread.waitAt(place)) {
      server = thread;
    } else {
      Thread own =
          Thread.ofPlatform().name(threadName).daemon(true).unstarted(this::runUntilClosedOrLost);
      server = own;
      own.start();
    }
  }

  private boolean isServer() {
    return Thread.currentThread().equals(server);
  }

  LinkState state() {
    if (closed) {
      return LinkState.CLOSED;
    }
    return loss == null ? LinkState.OPEN : LinkState.LOST;
  }

  int read(byte[] into, int offset, int length) throws PortException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      refuseIfUnusable();
    }
    PortException lostBefore = loss;
    int count = received.read(into, offset, length);
    if (count == 0 && lostBefore != null) {
      throw lostBefore;
    }
    return count;
  }

  long arrivalNanos() {
    return received.arrivalNanos();
  }

  int write(byte[] from, int offset, int length) throws PortException {
    Objects.checkFromIndexSize(offset, length, from.length);
    refuseIfUnusable();
    int taken = port.write(from, offset, length, clock.nanoTime());
    if (taken < 0) {
      throw lose("write", taken);
    }
    if (taken < length) {
      wantsRoom = true;
      if (!isServer()) {
        port.wakeWaiter();
      }
    }
    return taken;
  }

  void discardInput() {
    received.discard();
  }

  long overruns() {
    return received.overruns();
  }

  void onActivity(Runnable callback) {
    activity = callback;
  }

  /// Lets what was written leave, half a second at most, and releases the terminal.
  void close() {
    if (closed) {
      return;
    }
    closeByNanos = clock.nanoTime() + LONGEST_DRAIN_NANOS;
    closed = true;
    if (!isServer()) {
      port.wakeWaiter();
      awaitRelease();
    } else if (server instanceof AgentThread) {
      runUntilClosedOrLost();
    }
  }

  private void awaitRelease() {
    Thread serving = server;
    try {
      if (serving == null || serving instanceof AgentThread) {
        var _ = released.await(LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        serving.join(LONGEST_CLOSE_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Serves the terminal to its end. The serving thread alone releases the descriptors, so that
  /// none is used after it was given to somebody else.
  private void runUntilClosedOrLost() {
    boolean goesOn = released.getCount() > 0;
    while (goesOn) {
      goesOn = serve(TerminalPort.NEVER);
    }
  }

  /// Waits once and passes on what came of it.
  ///
  /// @param mostNanos the longest wait
  /// @return false at the end, with the terminal released
  private boolean serve(long mostNanos) {
    try {
      long due = nextWait();
      if (due > 0 && loss == null) {
        port.await(wantsRoom, Math.min(due, mostNanos));
        if (pass() && !closed) {
          activity.run();
        }
        if (loss == null) {
          return true;
        }
      }
    } catch (RuntimeException | Error failure) {
      LOGGER.atError().setCause(failure).addKeyValue("port", name).log("reader failed");
      loss = new PortException(PortFault.FAILED, name + " failed: " + failure, failure);
    }
    release();
    return false;
  }

  private void release() {
    if (server instanceof AgentThread thread) {
      thread.leave(place);
    }
    port.close();
    released.countDown();
    if (!closed) {
      activity.run();
    }
  }

  /// Where the thread of the agent waits for this terminal.
  private final class Place implements WaitingPlace {
    @Override
    public void await(long mostNanos) {
      serve(mostNanos);
    }

    @Override
    public void wake() {
      port.wakeWaiter();
    }
  }

  /// Does what sending needs.
  ///
  /// @return how long to wait at most; 0 to end
  private long nextWait() {
    long now = clock.nanoTime();
    long due = Math.max(1, port.advance(now));
    if (port.fault() != 0) {
      lose("switching direction", port.fault());
      return 0;
    }
    if (!closed) {
      return due;
    }
    long left = Math.min(port.sendingNanos(now), closeByNanos - now);
    return left <= 0 ? 0 : Math.min(due, left);
  }

  /// @return whether there is something for the owner to do
  private boolean pass() {
    boolean active = false;
    if (wantsRoom && port.hasRoom()) {
      wantsRoom = false;
      active = true;
    }
    if (port.hasInput()) {
      active |= accept();
    }
    return active;
  }

  private boolean accept() {
    int count = port.read(chunk);
    long now = clock.nanoTime();
    if (count > 0) {
      received.accept(chunk, 0, count, now);
    } else if (count < 0 && count != -Errno.EAGAIN && count != -Errno.EINTR) {
      lose("read", count);
    }
    return count > 0;
  }

  private synchronized PortException lose(String operation, int result) {
    PortException reason = loss;
    if (reason == null) {
      reason =
          new PortException(
              PortFault.LOST,
              "%s is gone: %s failed with %s; %s"
                  .formatted(name, operation, Errno.describe(-result), remedy));
      loss = reason;
    }
    port.wakeWaiter();
    return reason;
  }

  private void refuseIfUnusable() throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
    PortException reason = loss;
    if (reason != null) {
      throw reason;
    }
  }
}
