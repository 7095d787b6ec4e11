package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.SerialSettings.Parity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The kernel's `struct termios2` of an open terminal: four words of flags, the line discipline, 19
/// control characters and both speeds as plain numbers, 44 bytes.
final class Termios {
  private static final long TCGETS2 = 0x802C542AL;
  private static final long TCSETS2 = 0x402C542BL;
  private static final long TIOCGRS485 = 0x542EL;
  private static final int BYTES = 44;
  private static final int RS485_BYTES = 32;
  private static final int RS485_ENABLED = 0x1;

  private static final int INPUT_FLAGS = 0;
  private static final int OUTPUT_FLAGS = 4;
  private static final int CONTROL_FLAGS = 8;
  private static final int LOCAL_FLAGS = 12;
  private static final int INPUT_SPEED = 36;
  private static final int OUTPUT_SPEED = 40;

  private static final int SPEED = 0x100F;
  private static final int SPEED_AS_NUMBER = 0x1000;
  private static final int UNUSUAL_SPEED = 50;
  private static final int CHARACTER_SIZE = 0x30;
  private static final int EIGHT_BITS = 0x30;
  private static final int TWO_STOP_BITS = 0x40;
  private static final int RECEIVER = 0x80;
  private static final int PARITY = 0x100;
  private static final int ODD_PARITY = 0x200;

  private Termios() {}

  /// Makes bytes pass unchanged in both directions, without echo, signals or flow control, at a
  /// speed that nobody asks for. How long a reader waits is left alone.
  ///
  /// @return 0, or the negated error number
  static int makeRaw(Libc libc, int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocate(BYTES, 4);
      int result = libc.ioctl(terminal, TCGETS2, termios);
      if (result < 0) {
        return result;
      }
      int control = termios.get(JAVA_INT, CONTROL_FLAGS) & ~(CHARACTER_SIZE | PARITY | SPEED);
      int wanted = control | EIGHT_BITS | RECEIVER | SPEED_AS_NUMBER;
      termios.set(JAVA_INT, CONTROL_FLAGS, wanted);
      termios.set(JAVA_INT, INPUT_SPEED, UNUSUAL_SPEED);
      termios.set(JAVA_INT, OUTPUT_SPEED, UNUSUAL_SPEED);
      termios.set(JAVA_INT, INPUT_FLAGS, 0);
      termios.set(JAVA_INT, OUTPUT_FLAGS, 0);
      termios.set(JAVA_INT, LOCAL_FLAGS, 0);
      return libc.ioctl(terminal, TCSETS2, termios);
    }
  }

  /// The settings in force, or null if this is no terminal or its settings fit no [SerialSettings].
  static @Nullable SerialSettings read(Libc libc, int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocate(BYTES, 4);
      if (libc.ioctl(terminal, TCGETS2, termios) < 0) {
        return null;
      }
      int speed = termios.get(JAVA_INT, OUTPUT_SPEED);
      if (speed < 50 || speed > 4_000_000) {
        return null;
      }
      int flags = termios.get(JAVA_INT, CONTROL_FLAGS);
      return new SerialSettings(
          speed,
          5 + ((flags & CHARACTER_SIZE) >> 4),
          (flags & PARITY) == 0
              ? Parity.NONE
              : (flags & ODD_PARITY) == 0 ? Parity.EVEN : Parity.ODD,
          (flags & TWO_STOP_BITS) == 0 ? 1 : 2,
          switchesDirection(libc, terminal, arena));
    }
  }

  private static boolean switchesDirection(Libc libc, int terminal, Arena arena) {
    MemorySegment rs485 = arena.allocate(RS485_BYTES, 4);
    return libc.ioctl(terminal, TIOCGRS485, rs485) >= 0
        && (rs485.get(JAVA_INT, 0) & RS485_ENABLED) != 0;
  }
}
