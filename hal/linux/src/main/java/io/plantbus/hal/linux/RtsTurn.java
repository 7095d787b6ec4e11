package io.plantbus.hal.linux;

import io.plantbus.hal.LineDirection;
import java.util.concurrent.TimeUnit;

/// Turns a pair by RTS from the program: the owner's bytes wait here while the line's thread raises
/// RTS, sends them, and drops RTS when they have left.
///
/// ```
///  LISTENING ── bytes ──▶ RAISED ── before ──▶ SENDING ── last bit left ──▶ HOLDING ── after ──▶ LISTENING
///                                                 ▲──────── more bytes ────────┘
/// ```
///
/// When the last bit has left is asked of the driver, not before it can be true by number of
/// characters and speed. Where the driver does not tell (many USB adapters), that computed time is
/// all there is, and what still waits in the adapter is cut off unless the delay after sending
/// covers it. RTS moves as late as the thread is woken: mostly within 0.2 ms, on a busy machine
/// some milliseconds.
///
/// [#offer] belongs to the owner, everything else to the line's thread.
final class RtsTurn {
  /// What is turned.
  interface Wire {
    /// Sets RTS.
    ///
    /// @return 0, or the negated error number
    int rts(boolean high);

    /// Hands bytes to the driver.
    ///
    /// @return how many it took, or a negated error number
    int write(byte[] from, int offset, int length);

    /// Whether the last bit has left, or nobody knows.
    boolean isEmpty();
  }

  private enum Phase {
    LISTENING,
    RAISED,
    SENDING,
    HOLDING
  }

  private static final int QUEUE_BYTES = 4096;

  /// A driver that holds bytes longer than this after they must have left does not keep the pair.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Wire wire;
  private final LineDirection direction;
  private final long characterNanos;
  private final byte[] queue = new byte[QUEUE_BYTES];
  private int queued;
  private Phase phase = Phase.LISTENING;
  private long sinceNanos;
  private long leftNanos;
  private int fault;

  /// @param characterNanos time of one character on the wire
  RtsTurn(Wire wire, LineDirection direction, long characterNanos) {
    this.wire = wire;
    this.direction = direction;
    this.characterNanos = characterNanos;
  }

  /// Turns to listening, whatever is under way.
  ///
  /// @return 0, or the negated error number
  synchronized int listen() {
    phase = Phase.LISTENING;
    return wire.rts(!direction.rtsHighWhileSending());
  }

  /// Takes bytes for sending.
  ///
  /// @return how many there was room for
  synchronized int offer(byte[] from, int offset, int length) {
    int taken = Math.min(length, QUEUE_BYTES - queued);
    System.arraycopy(from, offset, queue, queued, taken);
    queued += taken;
    return taken;
  }

  /// Whether [#offer] takes anything.
  synchronized boolean hasRoom() {
    return queued < QUEUE_BYTES;
  }

  /// Whether nothing is under way.
  synchronized boolean isListening() {
    return phase == Phase.LISTENING && queued == 0;
  }

  /// The negated error number of the first failure; 0 if there was none.
  synchronized int fault() {
    return fault;
  }

  /// Does what is due.
  ///
  /// @return how long until the next call, in nanoseconds, or [TerminalPort#NEVER]
  synchronized long advance(long nowNanos) {
    long wait = 0;
    while (wait == 0 && fault == 0) {
      wait =
          switch (phase) {
            case LISTENING -> raise(nowNanos);
            case RAISED -> settle(nowNanos);
            case SENDING -> send(nowNanos);
            case HOLDING -> hold(nowNanos);
          };
    }
    return fault == 0 ? wait : TerminalPort.NEVER;
  }

  private long raise(long now) {
    if (queued == 0) {
      return TerminalPort.NEVER;
    }
    note(wire.rts(direction.rtsHighWhileSending()));
    enter(Phase.RAISED, now);
    return 0;
  }

  private long settle(long now) {
    long left = sinceNanos + TimeUnit.MICROSECONDS.toNanos(direction.delayBeforeMicros()) - now;
    if (left > 0) {
      return left;
    }
    enter(Phase.SENDING, now);
    leftNanos = now;
    return 0;
  }

  private long send(long now) {
    if (queued > 0) {
      int taken = note(wire.write(queue, 0, queued));
      queued -= taken;
      System.arraycopy(queue, taken, queue, 0, queued);
      long from = leftNanos - now > 0 ? leftNanos : now;
      leftNanos = from + taken * characterNanos;
      return queued > 0 ? characterNanos : Math.max(0, leftNanos - now);
    }
    long left = leftNanos - now;
    if (left > 0) {
      return left;
    }
    if (!wire.isEmpty() && now - leftNanos < PATIENCE_NANOS) {
      return Math.max(1, characterNanos / 2);
    }
    enter(Phase.HOLDING, now);
    return 0;
  }

  private long hold(long now) {
    if (queued > 0) {
      enter(Phase.SENDING, now);
      return 0;
    }
    long left = sinceNanos + TimeUnit.MICROSECONDS.toNanos(direction.delayAfterMicros()) - now;
    if (left > 0) {
      return left;
    }
    note(listen());
    return 0;
  }

  private void enter(Phase next, long now) {
    phase = next;
    sinceNanos = now;
  }

  private int note(int result) {
    if (result < 0 && fault == 0) {
      fault = result;
    }
    return Math.max(0, result);
  }
}
