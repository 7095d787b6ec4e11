package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The control lines of a serial port, and its transmitter. Results are those of [Libc].
///
/// @param libc where the calls go
/// @param descriptor of the open port
record ModemLines(Libc libc, int descriptor) {
  static final int DTR = 0x2;
  static final int RTS = 0x4;

  private static final long TIOCOUTQ = 0x5411L;
  private static final long TIOCMGET = 0x5415L;
  private static final long TIOCMBIS = 0x5416L;
  private static final long TIOCMBIC = 0x5417L;
  private static final long TIOCSERGETLSR = 0x5459L;
  private static final int TRANSMITTER_EMPTY = 0x1;

  /// Whether there are such lines at all: a UART has them, a pseudo terminal has not.
  boolean exist() {
    return number(TIOCMGET) >= 0;
  }

  /// Sets or clears lines.
  int set(int lines, boolean high) {
    try (Arena arena = Arena.ofConfined()) {
      return libc.ioctl(
          descriptor, high ? TIOCMBIS : TIOCMBIC, arena.allocateFrom(JAVA_INT, lines));
    }
  }

  /// Whether the last bit has left: the transmitter's own word where the driver offers it, else
  /// whether the driver holds no more bytes; true where it tells neither.
  boolean isEmpty() {
    int status = number(TIOCSERGETLSR);
    if (status >= 0) {
      return (status & TRANSMITTER_EMPTY) != 0;
    }
    return number(TIOCOUTQ) <= 0;
  }

  /// The number that a request answers, 0 or more, or the negated error number.
  private int number(long request) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(JAVA_INT);
      int result = libc.ioctl(descriptor, request, answer);
      return result < 0 ? result : answer.get(JAVA_INT, 0) & Integer.MAX_VALUE;
    }
  }
}
