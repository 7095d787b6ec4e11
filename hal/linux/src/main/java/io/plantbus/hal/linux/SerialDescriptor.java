package io.plantbus.hal.linux;

import io.plantbus.hal.LineErrors;
import io.plantbus.hal.SerialSettings;
import org.jspecify.annotations.Nullable;

/// The open descriptor of a serial port whose settings are made.
final class SerialDescriptor implements TerminalPort, RtsTurn.Wire {
  private static final long TCFLSH = 0x540BL;
  private static final long TCOFLUSH = 1;
  private static final int LINE = 0;

  private final Libc libc;
  private final int descriptor;
  private final SerialSettings settings;
  private final DescriptorBytes bytes;
  private final WakeablePoll waiting;
  private final ModemLines modem;
  private final ErrorCounters counters;
  private final @Nullable DamageMarks marks;
  private final @Nullable RtsTurn turn;
  private long leftNanos;
  private boolean sent;
  private boolean closed;

  /// @param descriptor owned from now on, like `counter`
  /// @param counter an event counter
  /// @param settings asked for, the direction as it turned out
  /// @param marking whether damaged characters are marked in the input
  /// @param byHand whether the pair is turned by RTS from here
  SerialDescriptor(
      Libc libc,
      int descriptor,
      int counter,
      SerialSettings settings,
      boolean marking,
      boolean byHand) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.settings = settings;
    this.bytes = new DescriptorBytes(libc, descriptor);
    this.waiting = new WakeablePoll(libc, counter, descriptor);
    this.modem = new ModemLines(libc, descriptor);
    this.counters = new ErrorCounters(libc, descriptor);
    this.marks = marking ? new DamageMarks() : null;
    this.turn = byHand ? new RtsTurn(this, settings.direction(), settings.characterNanos()) : null;
  }

  /// What arrived in bad order; what was found last once the port is closed. Any thread.
  synchronized LineErrors errors() {
    return counters.since(marks == null ? 0 : marks.dropped(), !closed);
  }

  /// Whether the pair is turned by RTS from here, which has to happen on time.
  boolean isTurnedByHand() {
    return turn != null;
  }

  @Override
  public long advance(long nowNanos) {
    return turn == null ? NEVER : turn.advance(nowNanos);
  }

  @Override
  public synchronized long sendingNanos(long nowNanos) {
    if (turn != null) {
      return turn.isListening() ? 0 : NEVER;
    }
    if (!sent) {
      return 0;
    }
    long left = leftNanos - nowNanos;
    return left > 0 ? left : isEmpty() ? 0 : settings.characterNanos();
  }

  @Override
  public int fault() {
    return turn == null ? 0 : turn.fault();
  }

  @Override
  public void await(boolean wantsRoom, long mostNanos) {
    boolean room = wantsRoom && turn == null;
    waiting.want(
        LINE, room ? (short) (WakeablePoll.INPUT | WakeablePoll.ROOM) : WakeablePoll.INPUT);
    waiting.await(mostNanos);
  }

  @Override
  public boolean hasInput() {
    return (waiting.found(LINE) & ~WakeablePoll.ROOM) != 0;
  }

  @Override
  public boolean hasRoom() {
    return turn == null ? (waiting.found(LINE) & WakeablePoll.ROOM) != 0 : turn.hasRoom();
  }

  @Override
  public int read(byte[] into) {
    int count = bytes.read(into);
    if (count == 0) {
      return -Errno.EIO;
    }
    if (count < 0 || marks == null) {
      return count;
    }
    int good = marks.strip(into, count);
    return good == 0 ? -Errno.EAGAIN : good;
  }

  @Override
  public int write(byte[] from, int offset, int length, long nowNanos) {
    if (turn != null) {
      int taken = turn.offer(from, offset, length);
      waiting.wake();
      return taken;
    }
    int taken = write(from, offset, length);
    if (taken > 0) {
      sending(taken, nowNanos);
    }
    return taken;
  }

  private synchronized void sending(int count, long nowNanos) {
    long from = sent && leftNanos - nowNanos > 0 ? leftNanos : nowNanos;
    leftNanos = from + count * settings.characterNanos();
    sent = true;
  }

  @Override
  public int rts(boolean high) {
    return modem.set(ModemLines.RTS, high);
  }

  @Override
  public synchronized int write(byte[] from, int offset, int length) {
    return closed ? -Errno.EIO : bytes.write(from, offset, length);
  }

  @Override
  public boolean isEmpty() {
    return modem.isEmpty();
  }

  @Override
  public void wakeWaiter() {
    waiting.wake();
  }

  /// Drops what the driver still holds: closing would wait for it, half a minute if need be.
  @Override
  public synchronized void close() {
    if (!closed) {
      errors();
      closed = true;
      if (!isEmpty()) {
        libc.ioctl(descriptor, TCFLSH, TCOFLUSH);
      }
      if (turn != null) {
        turn.listen();
      }
      PortOpening.release(libc, descriptor);
      waiting.close();
    }
  }
}
