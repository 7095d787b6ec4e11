package io.plantbus.hal.linux;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// The two descriptors of a pseudo terminal and the event counter that wakes who waits on them.
///
/// [#await], [#read] and [#close] belong to one thread, [#write] to another; [#wakeWaiter] is for
/// any.
final class PtyPair {
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCGPTPEER = 0x5441L;
  private static final long TCFLSH = 0x540BL;
  private static final long TCIFLUSH = 0;

  /// `IN_CLOSE_WRITE | IN_CLOSE_NOWRITE`.
  private static final int IN_CLOSE = 0x18;

  private static final short POLLIN = 0x1;
  private static final short POLLOUT = 0x4;
  private static final int POLLFD_BYTES = 8;
  private static final int REVENTS = 6;

  /// Where each descriptor stands among those waited for. The master comes before the watcher, so
  /// that whoever sees a new peer's bytes also sees that the one before has left.
  private static final int MASTER = 0;

  private static final int WATCHER = POLLFD_BYTES;
  private static final int WAKE = 2 * POLLFD_BYTES;
  private static final int EVENT_BYTES = 1024;

  private final Libc libc;
  private final int master;
  private final int slaveKeptOpen;
  private final int watcher;
  private final int wake;
  private final Path slave;
  private final MemorySegment waiting;
  private final MemorySegment counter;
  private final MemorySegment events;
  private final MemorySegment one;
  private boolean closed;

  private PtyPair(Libc libc, int master, int slaveKeptOpen, int wake, Path slave) {
    this.libc = libc;
    this.master = master;
    this.slaveKeptOpen = slaveKeptOpen;
    this.wake = wake;
    this.slave = slave;
    this.watcher = libc.watch(slave.toString(), IN_CLOSE);
    Arena arena = Arena.ofAuto();
    waiting = arena.allocate(3 * POLLFD_BYTES, 4);
    waiting.set(ValueLayout.JAVA_INT, MASTER, master);
    waiting.set(ValueLayout.JAVA_INT, WATCHER, watcher);
    waiting.set(ValueLayout.JAVA_SHORT, WATCHER + 4, POLLIN);
    waiting.set(ValueLayout.JAVA_INT, WAKE, wake);
    waiting.set(ValueLayout.JAVA_SHORT, WAKE + 4, POLLIN);
    counter = arena.allocate(ValueLayout.JAVA_LONG);
    events = arena.allocate(EVENT_BYTES, 8);
    one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
  }

  /// Makes the pair, in raw mode, with its slave side unlocked and held open.
  static PtyPair open() throws PortException {
    Libc libc = Libc.system();
    int flags = Libc.READ_WRITE | Libc.NON_BLOCKING | Libc.NO_CONTROLLING_TERMINAL;
    int master = check(libc.open("/dev/ptmx", flags), "open /dev/ptmx");
    int slave = -1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
      check(libc.ioctl(master, TIOCSPTLCK, number), "unlock the slave side");
      check(libc.ioctl(master, TIOCGPTN, number), "find the slave side");
      slave = check(libc.ioctl(master, TIOCGPTPEER, flags), "open the slave side");
      check(Termios.makeRaw(libc, slave), "set raw mode");
      int wake = check(libc.eventCounter(), "make an event counter");
      Path path = Path.of("/dev/pts/" + number.get(ValueLayout.JAVA_INT, 0));
      return new PtyPair(libc, master, slave, wake, path);
    } catch (PortException failure) {
      libc.close(master);
      if (slave >= 0) {
        libc.close(slave);
      }
      throw failure;
    }
  }

  private static int check(int result, String step) throws PortException {
    if (result < 0) {
      throw new PortException(
          PortFault.FAILED,
          "cannot make a pseudo terminal: could not %s, %s; check that /dev/pts is mounted and that fewer than /proc/sys/kernel/pty/max are in use"
              .formatted(step, Errno.describe(-result)));
    }
    return result;
  }

  Path slave() {
    return slave;
  }

  /// Sleeps until there is input, [#wakeWaiter] was called, a peer has left or, if wanted, there is
  /// room for output.
  void await(boolean wantsRoom) {
    waiting.set(
        ValueLayout.JAVA_SHORT, MASTER + 4, wantsRoom ? (short) (POLLIN | POLLOUT) : POLLIN);
    for (int at = MASTER; at <= WAKE; at += POLLFD_BYTES) {
      waiting.set(ValueLayout.JAVA_SHORT, at + REVENTS, (short) 0);
    }
    libc.poll(waiting, 3, -1);
    if (found(WAKE) != 0) {
      libc.read(wake, counter, Long.BYTES);
    }
    if (found(WATCHER) != 0) {
      forgetDepartedPeer();
    }
  }

  /// Leaves nothing of a peer that has left to the next one: neither answers that it did not read,
  /// nor its settings. With its speed still in force, the C library of the next one would report
  /// parity as an error, because then setting it changes nothing at all.
  private synchronized void forgetDepartedPeer() {
    if (!closed && watcher >= 0 && libc.read(watcher, events, EVENT_BYTES) > 0) {
      libc.ioctl(slaveKeptOpen, TCFLSH, TCIFLUSH);
      Termios.makeRaw(libc, slaveKeptOpen);
    }
  }

  private short found(int descriptor) {
    return waiting.get(ValueLayout.JAVA_SHORT, descriptor + REVENTS);
  }

  /// Whether the latest wait found input, or a fault that reading will tell.
  boolean hasInput() {
    return (found(MASTER) & ~POLLOUT) != 0;
  }

  /// Whether the latest wait found room for output.
  boolean hasRoom() {
    return (found(MASTER) & POLLOUT) != 0;
  }

  int read(MemorySegment into, int length) {
    return libc.read(master, into, length);
  }

  /// Nothing that is written after a peer has left is dropped with what that one did not read.
  synchronized int write(MemorySegment from, int length) {
    forgetDepartedPeer();
    return closed ? -Errno.EIO : libc.write(master, from, length);
  }

  /// Ends the current wait, or the next one if there is none.
  synchronized void wakeWaiter() {
    if (!closed) {
      libc.write(wake, one, Long.BYTES);
    }
  }

  /// Releases everything; idempotent.
  synchronized void close() {
    if (!closed) {
      closed = true;
      libc.close(master);
      libc.close(slaveKeptOpen);
      libc.close(wake);
      if (watcher >= 0) {
        libc.close(watcher);
      }
    }
  }
}
