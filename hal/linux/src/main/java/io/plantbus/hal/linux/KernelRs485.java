package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.Switching;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The kernel's `struct serial_rs485` of an open terminal: a word of flags, both delays in
/// milliseconds, and 20 bytes that are kept as they are.
final class KernelRs485 {
  private static final long TIOCGRS485 = 0x542EL;
  private static final long TIOCSRS485 = 0x542FL;
  private static final int BYTES = 32;

  private static final int FLAGS = 0;
  private static final int BEFORE = 4;
  private static final int AFTER = 8;

  private static final int ENABLED = 0x1;
  private static final int RTS_ON_SEND = 0x2;
  private static final int RTS_AFTER_SEND = 0x4;
  private static final int RECEIVE_WHILE_SENDING = 0x10;
  private static final int OURS = ENABLED | RTS_ON_SEND | RTS_AFTER_SEND | RECEIVE_WHILE_SENDING;

  private static final int MICROS_PER_MILLI = 1000;
  private static final int LONGEST_MILLIS = 100;

  private KernelRs485() {}

  /// Asks the driver to turn the pair, or to leave it alone. What it made of that is in
  /// [#inForce(Libc, int)] only.
  ///
  /// @param direction with switching by `KERNEL`, or anything else to turn the driver's off
  /// @return 0, or the negated error number
  static int ask(Libc libc, int terminal, LineDirection direction) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rs485 = arena.allocate(BYTES, 4);
      int result = libc.ioctl(terminal, TIOCGRS485, rs485);
      if (result < 0) {
        return result;
      }
      int flags = rs485.get(JAVA_INT, FLAGS) & ~OURS;
      if (direction.switching() == Switching.KERNEL) {
        flags |= ENABLED | (direction.rtsHighWhileSending() ? RTS_ON_SEND : RTS_AFTER_SEND);
        flags |= direction.receiveWhileSending() ? RECEIVE_WHILE_SENDING : 0;
        rs485.set(JAVA_INT, BEFORE, millis(direction.delayBeforeMicros()));
        rs485.set(JAVA_INT, AFTER, millis(direction.delayAfterMicros()));
      }
      rs485.set(JAVA_INT, FLAGS, flags);
      return libc.ioctl(terminal, TIOCSRS485, rs485);
    }
  }

  private static int millis(int micros) {
    return (micros + MICROS_PER_MILLI - 1) / MICROS_PER_MILLI;
  }

  /// What the driver does: [LineDirection#NONE] where it does not turn the pair or cannot.
  static LineDirection inForce(Libc libc, int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rs485 = arena.allocate(BYTES, 4);
      if (libc.ioctl(terminal, TIOCGRS485, rs485) < 0) {
        return LineDirection.NONE;
      }
      int flags = rs485.get(JAVA_INT, FLAGS);
      return (flags & ENABLED) == 0
          ? LineDirection.NONE
          : LineDirection.KERNEL
              .withRtsHighWhileSending((flags & RTS_ON_SEND) != 0)
              .withReceiveWhileSending((flags & RECEIVE_WHILE_SENDING) != 0)
              .withDelaysMicros(
                  micros(rs485.get(JAVA_INT, BEFORE)), micros(rs485.get(JAVA_INT, AFTER)));
    }
  }

  private static int micros(int millis) {
    return Math.clamp(millis, 0, LONGEST_MILLIS) * MICROS_PER_MILLI;
  }
}
