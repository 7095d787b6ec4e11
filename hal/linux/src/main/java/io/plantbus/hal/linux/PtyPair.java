package io.plantbus.hal.linux;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// The two descriptors of a pseudo terminal, and the watch for peers that leave.
final class PtyPair implements TerminalPort {
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCGPTPEER = 0x5441L;
  private static final long TCFLSH = 0x540BL;
  private static final long TIOCNXCL = 0x540DL;
  private static final long TCIFLUSH = 0;

  /// `IN_CLOSE_WRITE | IN_CLOSE_NOWRITE`.
  private static final int IN_CLOSE = 0x18;

  /// Where each descriptor stands among those waited for. The master comes before the watcher, so
  /// that whoever sees a new peer's bytes also sees that the one before has left.
  private static final int MASTER = 0;

  private static final int WATCHER = 1;
  private static final int EVENT_BYTES = 1024;

  private final Libc libc;
  private final int master;
  private final int slaveKeptOpen;
  private final int watcher;
  private final Path slave;
  private final WakeablePoll waiting;
  private final DescriptorBytes bytes;
  private final MemorySegment events = Arena.ofAuto().allocate(EVENT_BYTES, 8);
  private boolean closed;

  private PtyPair(Libc libc, int master, int slaveKeptOpen, int counter, Path slave) {
    this.libc = libc;
    this.master = master;
    this.slaveKeptOpen = slaveKeptOpen;
    this.slave = slave;
    this.watcher = libc.watch(slave.toString(), IN_CLOSE);
    this.waiting = new WakeablePoll(libc, counter, master, watcher);
    this.bytes = new DescriptorBytes(libc, master);
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
      int counter = check(libc.eventCounter(), "make an event counter");
      Path path = Path.of("/dev/pts/" + number.get(ValueLayout.JAVA_INT, 0));
      return new PtyPair(libc, master, slave, counter, path);
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

  @Override
  public long advance(long nowNanos) {
    return NEVER;
  }

  @Override
  public long sendingNanos(long nowNanos) {
    return 0;
  }

  @Override
  public int fault() {
    return 0;
  }

  @Override
  public void await(boolean wantsRoom, long mostNanos) {
    waiting.want(
        MASTER, wantsRoom ? (short) (WakeablePoll.INPUT | WakeablePoll.ROOM) : WakeablePoll.INPUT);
    waiting.await(mostNanos);
    if (waiting.found(WATCHER) != 0) {
      forgetDepartedPeer();
    }
  }

  /// Leaves nothing of a peer that has left to the next one: neither answers that it did not read,
  /// nor its settings and exclusiveness. With its speed still in force, the C library of the next
  /// one would report parity as an error, because then setting it changes nothing at all.
  private synchronized void forgetDepartedPeer() {
    if (!closed && watcher >= 0 && libc.read(watcher, events, EVENT_BYTES) > 0) {
      libc.ioctl(slaveKeptOpen, TCFLSH, TCIFLUSH);
      libc.ioctl(slaveKeptOpen, TIOCNXCL, 0);
      Termios.makeRaw(libc, slaveKeptOpen);
    }
  }

  @Override
  public boolean hasInput() {
    return (waiting.found(MASTER) & ~WakeablePoll.ROOM) != 0;
  }

  @Override
  public boolean hasRoom() {
    return (waiting.found(MASTER) & WakeablePoll.ROOM) != 0;
  }

  @Override
  public int read(byte[] into) {
    int count = bytes.read(into);
    return count == 0 ? -Errno.EIO : count;
  }

  /// Nothing that is written after a peer has left is dropped with what that one did not read.
  @Override
  public synchronized int write(byte[] from, int offset, int length, long nowNanos) {
    forgetDepartedPeer();
    return closed ? -Errno.EIO : bytes.write(from, offset, length);
  }

  @Override
  public void wakeWaiter() {
    waiting.wake();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      libc.close(master);
      libc.close(slaveKeptOpen);
      waiting.close();
      if (watcher >= 0) {
        libc.close(watcher);
      }
    }
  }
}
