package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
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
  private static final int BYTES = 44;

  private static final int INPUT_FLAGS = 0;
  private static final int OUTPUT_FLAGS = 4;
  private static final int CONTROL_FLAGS = 8;
  private static final int LOCAL_FLAGS = 12;
  private static final int SHORTEST_WAIT = 17 + 5;
  private static final int FEWEST_BYTES = 17 + 6;
  private static final int INPUT_SPEED = 36;
  private static final int OUTPUT_SPEED = 40;

  /// `PARMRK`.
  private static final int MARK_DAMAGE = 0x8;

  /// `INPCK`.
  private static final int CHECK_DAMAGE = 0x10;

  /// Both speeds: the input's follows the output's.
  private static final int SPEED = 0x100F_100F;

  private static final int SPEED_AS_NUMBER = 0x1000;
  private static final int UNUSUAL_SPEED = 50;
  private static final int CHARACTER_SIZE = 0x30;
  private static final int EIGHT_BITS = 0x30;
  private static final int TWO_STOP_BITS = 0x40;
  private static final int RECEIVER = 0x80;
  private static final int PARITY = 0x100;
  private static final int ODD_PARITY = 0x200;
  private static final int CHARACTER = CHARACTER_SIZE | PARITY | ODD_PARITY;
  private static final int NO_MODEM_CONTROL = 0x800;
  private static final int STICKY_PARITY = 0x4000_0000;
  private static final int HARDWARE_FLOW_CONTROL = 0x8000_0000;

  private Termios() {}

  /// Whether this is a terminal with something behind it.
  ///
  /// @return 0, or the negated error number
  static int probe(Libc libc, int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      return libc.ioctl(terminal, TCGETS2, arena.allocate(BYTES, 4));
    }
  }

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
      int control = termios.get(JAVA_INT, CONTROL_FLAGS) & ~(CHARACTER | SPEED);
      setRaw(termios, control | EIGHT_BITS | RECEIVER | SPEED_AS_NUMBER, 0, UNUSUAL_SPEED);
      return libc.ioctl(terminal, TCSETS2, termios);
    }
  }

  /// Applies speed and character format, raw as [#makeRaw], modem lines and flow control ignored.
  /// Drivers take what they can and report success: [#read] tells what that was.
  ///
  /// @param marking whether damaged characters are marked in the input as [DamageMarks] reads them,
  ///   instead of passing as data
  /// @return 0, or the negated error number
  static int apply(Libc libc, int terminal, SerialSettings settings, boolean marking) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment termios = arena.allocate(BYTES, 4);
      int result = libc.ioctl(terminal, TCGETS2, termios);
      if (result < 0) {
        return result;
      }
      int control =
          termios.get(JAVA_INT, CONTROL_FLAGS)
              & ~(CHARACTER | TWO_STOP_BITS | STICKY_PARITY | HARDWARE_FLOW_CONTROL | SPEED);
      int wanted =
          control
              | (settings.dataBits() - 5) << 4
              | (settings.stopBits() == 2 ? TWO_STOP_BITS : 0)
              | switch (settings.parity()) {
                case NONE -> 0;
                case EVEN -> PARITY;
                case ODD -> PARITY | ODD_PARITY;
              }
              | RECEIVER
              | NO_MODEM_CONTROL
              | SPEED_AS_NUMBER;
      setRaw(termios, wanted, marking ? MARK_DAMAGE | CHECK_DAMAGE : 0, settings.baud());
      termios.set(JAVA_BYTE, SHORTEST_WAIT, (byte) 0);
      termios.set(JAVA_BYTE, FEWEST_BYTES, (byte) 1);
      return libc.ioctl(terminal, TCSETS2, termios);
    }
  }

  private static void setRaw(MemorySegment termios, int control, int input, int speed) {
    termios.set(JAVA_INT, CONTROL_FLAGS, control);
    termios.set(JAVA_INT, INPUT_SPEED, speed);
    termios.set(JAVA_INT, OUTPUT_SPEED, speed);
    termios.set(JAVA_INT, INPUT_FLAGS, input);
    termios.set(JAVA_INT, OUTPUT_FLAGS, 0);
    termios.set(JAVA_INT, LOCAL_FLAGS, 0);
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
          KernelRs485.inForce(libc, terminal));
    }
  }
}
