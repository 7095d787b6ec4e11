package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The low latency flag in `struct serial_struct`: USB adapters of FTDI then hand bytes over each
/// millisecond instead of every sixteenth.
final class LowLatency {
  private static final long TIOCGSERIAL = 0x541EL;
  private static final long TIOCSSERIAL = 0x541FL;
  private static final int BYTES = 72;
  private static final int FLAGS = 16;
  private static final int LOW_LATENCY = 0x2000;

  private LowLatency() {}

  /// Asks for it where the driver knows it.
  ///
  /// @return whether it is in force, read back
  static boolean ask(Libc libc, int terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment serial = arena.allocate(BYTES, 8);
      if (libc.ioctl(terminal, TIOCGSERIAL, serial) < 0) {
        return false;
      }
      serial.set(JAVA_INT, FLAGS, serial.get(JAVA_INT, FLAGS) | LOW_LATENCY);
      libc.ioctl(terminal, TIOCSSERIAL, serial);
      return libc.ioctl(terminal, TIOCGSERIAL, serial) >= 0
          && (serial.get(JAVA_INT, FLAGS) & LOW_LATENCY) != 0;
    }
  }
}
