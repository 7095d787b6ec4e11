package io.plantbus.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open port of the vendor, with the thread that reads it.
final class SerialPortLine implements SerialLine {
  private static final Logger LOGGER = LoggerFactory.getLogger(SerialPortLine.class);
  private static final int BUFFER_BYTES = 8192;
  private static final int CHUNK_BYTES = 512;

  /// What every driver takes without waiting: less than the smallest transmit buffer in use.
  private static final int MOST_UNDER_WAY = 512;

  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(2);
  private static final long LONGEST_DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final SerialPort port;
  private final String name;
  private final SerialSettings settings;
  private final String applied;
  private final NanoClock clock;
  private final Runnable released;
  private final ReceiveBuffer received = new ReceiveBuffer(BUFFER_BYTES);
  private final Thread reader;

  /// Held while bytes are handed to the driver, so that its descriptor is not closed meanwhile.
  private final ReentrantLock sending = new ReentrantLock();

  /// When the bytes written have left, at the latest. An answer says that they have.
  private long wireBusyUntilNanos;

  private volatile Runnable activity = () -> {};
  private volatile boolean wantsRoom;
  private volatile boolean closed;
  private volatile @Nullable PortException loss;

  /// @param released run once, when the device is free for others
  SerialPortLine(
      SerialPort port,
      String name,
      SerialSettings settings,
      String applied,
      NanoClock clock,
      Runnable released) {
    this.port = port;
    this.name = name;
    this.settings = settings;
    this.applied = applied;
    this.clock = clock;
    this.released = released;
    this.wireBusyUntilNanos = clock.nanoTime();
    this.reader =
        Thread.ofPlatform()
            .name("plantbus-serial-" + port.getSystemPortName())
            .daemon(true)
            .unstarted(this::receive);
  }

  void start() {
    reader.start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SerialSettings settings() {
    return settings;
  }

  @Override
  public String appliedSettings() {
    return applied;
  }

  @Override
  public LinkState state() {
    if (closed) {
      return LinkState.CLOSED;
    }
    return loss == null ? LinkState.OPEN : LinkState.LOST;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      refuseIfUnusable();
    }
    PortException lostBefore = loss;
    int count = received.read(into, offset, length);
    if (count == 0 && lostBefore != null) {
      throw lostBefore;
    }
    if (count > 0) {
      wireBusyUntilNanos = received.arrivalNanos();
    }
    return count;
  }

  @Override
  public long arrivalNanos() {
    return received.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    Objects.checkFromIndexSize(offset, length, from.length);
    refuseIfUnusable();
    int taken = send(from, offset, length);
    if (taken < 0) {
      lose("it takes no more bytes");
      wakeReader();
      refuseIfUnusable();
    }
    wantsRoom = taken < length;
    wireBusyUntilNanos =
        Math.max(clock.nanoTime(), wireBusyUntilNanos) + taken * settings.characterNanos();
    return taken;
  }

  private int send(byte[] from, int offset, int length) {
    sending.lock();
    try {
      int underWay = port.bytesAwaitingWrite();
      int count = Math.min(length, MOST_UNDER_WAY - underWay);
      if (underWay < 0) {
        return -1;
      }
      return count <= 0 ? 0 : port.writeBytes(from, count, offset);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void discardInput() {
    received.discard();
  }

  @Override
  public long overruns() {
    return received.overruns();
  }

  @Override
  public void onActivity(Runnable callback) {
    activity = callback;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (loss == null) {
      drain();
    }
    closed = true;
    wakeReader();
    if (!reader.equals(Thread.currentThread())) {
      joinReader();
    }
  }

  /// The vendor's closing drops what the driver holds, so the wire gets the time it needs.
  private void drain() {
    long end = Math.min(wireBusyUntilNanos, clock.nanoTime() + LONGEST_DRAIN_NANOS);
    for (long left = end - clock.nanoTime(); left > 0; left = end - clock.nanoTime()) {
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// A change to non-blocking mode makes the driver's read return.
  private void wakeReader() {
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
  }

  private void joinReader() {
    try {
      reader.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The reader's whole life. It alone closes the vendor's port, so that no call is under way on a
  /// descriptor which the system has given to somebody else.
  private void receive() {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      while (!closed && loss == null) {
        int count = port.readBytes(chunk, CHUNK_BYTES);
        accept(chunk, count, clock.nanoTime());
      }
    } catch (RuntimeException | Error failure) {
      LOGGER.atError().setCause(failure).addKeyValue("port", name).log("reader failed");
      lose("its reader failed: " + failure);
    } finally {
      release();
    }
    if (!closed) {
      activity.run();
    }
  }

  private void accept(byte[] chunk, int count, long now) {
    if (count > 0) {
      received.accept(chunk, 0, count, now);
      activity.run();
    } else if (count < 0 && !closed) {
      lose("the device was unplugged or its driver failed");
    } else if (count == 0) {
      lookAround();
    }
  }

  /// About once a second on an idle line.
  private void lookAround() {
    if (!notSending()) {
      lose("the driver has not taken a frame for a second");
    } else if (wantsRoom) {
      activity.run();
    }
  }

  private boolean notSending() {
    try {
      if (sending.tryLock(STUCK_NANOS, TimeUnit.NANOSECONDS)) {
        sending.unlock();
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// Closes the vendor's port even while the owner is stuck in it: that is what frees the owner.
  private void release() {
    boolean held = sending.tryLock();
    try {
      port.closePort();
    } finally {
      if (held) {
        sending.unlock();
      }
      released.run();
    }
  }

  private synchronized void lose(String how) {
    if (loss == null) {
      loss =
          new PortException(
              PortFault.LOST,
              "serial port %s is gone: %s; check the cable and the adapter".formatted(name, how));
    }
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
