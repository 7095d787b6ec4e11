package io.plantbus.hal.linux;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A serial line without hardware: this object is one end, and a device file that any program can
/// open as a serial port is the other.
///
/// ```
///  owner ── write ──▶ master ═══ kernel ═══ slave ──▶ /dev/pts/N ◀── stable link name
///  owner ◀── read ─── master ═══ kernel ═══ slave ◀── any program: a bus master, mbpoll, …
/// ```
///
/// - The peer may open, close and open again at will, or not be there at all: this end stays open,
///   because it holds the slave side open too. What is written before a peer opens waits in the
///   kernel, some 4000 bytes of it; after that `write` takes nothing until somebody reads. When a
///   peer closes, what it did not read is dropped, and so are its settings.
/// - Bytes pass unchanged (raw mode) until a peer asks its side for something else.
/// - There is no baud rate, no parity and no byte time: they are accepted from the peer, and bytes
///   arrive at the speed of memory.
/// - One daemon thread sleeps in `poll(2)` and gives bytes their arrival time; it runs the activity
///   callback.
public final class PseudoTerminal implements SerialLine {
  private static final Logger LOGGER = LoggerFactory.getLogger(PseudoTerminal.class);
  private static final int BUFFER_BYTES = 8192;
  private static final int CHUNK_BYTES = 1024;
  private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final PtyPair pair;
  private final SerialSettings settings;
  private final NanoClock clock;
  private final @Nullable StableLink link;
  private final ReceiveBuffer received = new ReceiveBuffer(BUFFER_BYTES);
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment outgoing = arena.allocate(CHUNK_BYTES);
  private final Thread reader;
  private volatile Runnable activity = () -> {};
  private volatile boolean wantsRoom;
  private volatile boolean closed;
  private volatile @Nullable PortException loss;

  private PseudoTerminal(
      PtyPair pair, @Nullable StableLink link, SerialSettings settings, NanoClock clock) {
    this.pair = pair;
    this.link = link;
    this.settings = settings;
    this.clock = clock;
    this.reader =
        Thread.ofPlatform()
            .name("plantbus-pty-" + pair.slave().getFileName())
            .daemon(true)
            .unstarted(this::receive);
  }

  /// Makes a pseudo terminal that is known by its device file only.
  ///
  /// @param settings what [#settings()] answers; nothing enforces it
  /// @param clock gives bytes their arrival time
  /// @throws PortException if the system has no more pseudo terminals or does not allow them
  public static PseudoTerminal open(SerialSettings settings, NanoClock clock) throws PortException {
    return start(new PseudoTerminal(PtyPair.open(), null, settings, clock));
  }

  /// Makes a pseudo terminal under a name that stays the same from run to run. The name is a
  /// symbolic link, removed by [#close()]; one left behind by a run that was killed is replaced.
  ///
  /// @param link where the name stands; its directory must exist
  /// @param settings what [#settings()] answers; nothing enforces it
  /// @param clock gives bytes their arrival time
  /// @throws PortException if something else already stands at `link` (`BUSY`), if its directory is
  ///   missing or not writable, or if the system has no more pseudo terminals
  public static PseudoTerminal open(Path link, SerialSettings settings, NanoClock clock)
      throws PortException {
    PtyPair pair = PtyPair.open();
    try {
      StableLink stable = StableLink.create(link, pair.slave());
      return start(new PseudoTerminal(pair, stable, settings, clock));
    } catch (PortException refused) {
      pair.close();
      throw refused;
    }
  }

  private static PseudoTerminal start(PseudoTerminal terminal) {
    terminal.reader.start();
    return terminal;
  }

  /// The path that a peer opens: the stable link if there is one, else the device file.
  public Path slavePath() {
    return link == null ? pair.slave() : link.path();
  }

  @Override
  public String name() {
    return "pty:" + slavePath();
  }

  @Override
  public SerialSettings settings() {
    return settings;
  }

  @Override
  public String appliedSettings() {
    return "pseudo terminal: baud rate and parity have no effect";
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
    int written = 0;
    while (written < length) {
      int chunk = Math.min(CHUNK_BYTES, length - written);
      MemorySegment.copy(from, offset + written, outgoing, ValueLayout.JAVA_BYTE, 0, chunk);
      int count = pair.write(outgoing, chunk);
      if (count == -Errno.EAGAIN || count == 0) {
        wantsRoom = true;
        pair.wakeWaiter();
        break;
      }
      if (count < 0 && count != -Errno.EINTR) {
        throw lose("write", count);
      }
      written += Math.max(0, count);
    }
    return written;
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
    closed = true;
    if (link != null) {
      link.remove();
    }
    pair.wakeWaiter();
    if (!reader.equals(Thread.currentThread())) {
      joinReader();
    }
  }

  private void joinReader() {
    try {
      reader.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The reader's whole life. It alone releases the descriptors, so that none is used after it was
  /// given to somebody else.
  private void receive() {
    byte[] chunk = new byte[CHUNK_BYTES];
    MemorySegment incoming = arena.allocate(CHUNK_BYTES);
    try {
      while (!closed && loss == null) {
        pair.await(wantsRoom);
        boolean active = false;
        if (wantsRoom && pair.hasRoom()) {
          wantsRoom = false;
          active = true;
        }
        if (pair.hasInput()) {
          active |= accept(incoming, chunk);
        }
        if (active && !closed) {
          activity.run();
        }
      }
    } catch (RuntimeException | Error failure) {
      LOGGER.atError().setCause(failure).addKeyValue("port", name()).log("reader failed");
      loss = new PortException(PortFault.FAILED, name() + " failed: " + failure, failure);
    } finally {
      pair.close();
    }
  }

  private boolean accept(MemorySegment incoming, byte[] chunk) {
    int count = pair.read(incoming, CHUNK_BYTES);
    long now = clock.nanoTime();
    if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      return false;
    }
    if (count <= 0) {
      lose("read", count);
      return true;
    }
    MemorySegment.copy(incoming, ValueLayout.JAVA_BYTE, 0, chunk, 0, count);
    received.accept(chunk, 0, count, now);
    return true;
  }

  private PortException lose(String operation, int result) {
    PortException reason =
        new PortException(
            PortFault.LOST,
            "%s is gone: %s failed with %s; open it again"
                .formatted(name(), operation, Errno.describe(-result)));
    loss = reason;
    pair.wakeWaiter();
    return reason;
  }

  private void refuseIfUnusable() throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name() + " is closed");
    }
    PortException reason = loss;
    if (reason != null) {
      throw reason;
    }
  }
}
