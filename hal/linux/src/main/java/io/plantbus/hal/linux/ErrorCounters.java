package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.plantbus.hal.LineErrors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The driver's own counters of a port, `struct serial_icounter_struct`, from the opening on. One
/// thread at a time.
final class ErrorCounters {
  private static final long TIOCGICOUNT = 0x545DL;
  private static final int BYTES = 80;
  private static final int FRAME = 24;
  private static final int OVERRUN = 28;
  private static final int PARITY = 32;
  private static final int BREAK = 36;
  private static final int BUFFER_OVERRUN = 40;

  private final Libc libc;
  private final int descriptor;
  private final MemorySegment first = Arena.ofAuto().allocate(BYTES, 4);
  private final MemorySegment latest = Arena.ofAuto().allocate(BYTES, 4);

  /// Starts counting from what the driver counts now.
  ErrorCounters(Libc libc, int descriptor) {
    this.libc = libc;
    this.descriptor = descriptor;
    libc.ioctl(descriptor, TIOCGICOUNT, first);
    latest.copyFrom(first);
  }

  /// What was counted; zeros where the driver does not count.
  ///
  /// @param dropped characters that were dropped because they were marked
  /// @param asking whether the driver may be asked
  LineErrors since(long dropped, boolean asking) {
    if (asking) {
      libc.ioctl(descriptor, TIOCGICOUNT, latest);
    }
    return new LineErrors(
        dropped,
        counted(PARITY),
        counted(FRAME),
        counted(BREAK),
        counted(OVERRUN) + counted(BUFFER_OVERRUN));
  }

  private long counted(long counter) {
    return Integer.toUnsignedLong(latest.get(JAVA_INT, counter) - first.get(JAVA_INT, counter));
  }
}
