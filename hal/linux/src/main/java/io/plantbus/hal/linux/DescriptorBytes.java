package io.plantbus.hal.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Carries bytes between arrays and a descriptor that never waits. [#read] belongs to one thread,
/// [#write] to one other.
final class DescriptorBytes {
  private static final int CHUNK_BYTES = 1024;

  private final Libc libc;
  private final int descriptor;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment incoming = arena.allocate(CHUNK_BYTES);
  private final MemorySegment outgoing = arena.allocate(CHUNK_BYTES);

  DescriptorBytes(Libc libc, int descriptor) {
    this.libc = libc;
    this.descriptor = descriptor;
  }

  /// Takes what has arrived.
  ///
  /// @return how many bytes were put into `into`, or a negated error number; 0 and `-EIO` say that
  ///   the other side is gone
  int read(byte[] into) {
    int count = libc.read(descriptor, incoming, Math.min(CHUNK_BYTES, into.length));
    if (count > 0) {
      MemorySegment.copy(incoming, ValueLayout.JAVA_BYTE, 0, into, 0, count);
    }
    return count;
  }

  /// Hands over as much as there is room for.
  ///
  /// @return how many bytes were taken, 0..`length`, or the negated error number of a real failure
  int write(byte[] from, int offset, int length) {
    int written = 0;
    while (written < length) {
      int chunk = Math.min(CHUNK_BYTES, length - written);
      MemorySegment.copy(from, offset + written, outgoing, ValueLayout.JAVA_BYTE, 0, chunk);
      int count = libc.write(descriptor, outgoing, chunk);
      if (count == -Errno.EAGAIN || count == 0) {
        break;
      }
      if (count < 0 && count != -Errno.EINTR) {
        return written > 0 ? written : count;
      }
      written += Math.max(0, count);
    }
    return written;
  }
}
