package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A wait for several descriptors that anybody can end.
///
/// [#await] and [#found] belong to one thread; [#wake] and [#close] are for any.
final class WakeablePoll {
  static final short INPUT = 0x1;
  static final short ROOM = 0x4;

  private static final int POLLFD_BYTES = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Libc libc;
  private final int counter;
  private final int count;
  private final MemorySegment descriptors;
  private final MemorySegment timespec;
  private final MemorySegment drained;
  private final MemorySegment one;
  private boolean closed;

  /// @param counter an event counter, owned from now on
  /// @param watched descriptors to wait for, all for input at first; negative ones are skipped
  WakeablePoll(Libc libc, int counter, int... watched) {
    this.libc = libc;
    this.counter = counter;
    this.count = watched.length;
    Arena arena = Arena.ofAuto();
    descriptors = arena.allocate((count + 1L) * POLLFD_BYTES, 4);
    timespec = arena.allocate(2 * JAVA_LONG.byteSize(), 8);
    drained = arena.allocate(JAVA_LONG);
    one = arena.allocateFrom(JAVA_LONG, 1L);
    for (int i = 0; i <= count; i++) {
      descriptors.set(JAVA_INT, (long) i * POLLFD_BYTES, i < count ? watched[i] : counter);
      want(i, INPUT);
    }
  }

  /// Sets what is waited for on one descriptor.
  void want(int index, short events) {
    descriptors.set(JAVA_SHORT, (long) index * POLLFD_BYTES + EVENTS, events);
  }

  /// Sleeps until something that is wanted happened, [#wake] was called, or the time is over.
  ///
  /// @param mostNanos the longest wait; `Long.MAX_VALUE` for as long as it takes
  void await(long mostNanos) {
    MemorySegment timeout = MemorySegment.NULL;
    if (mostNanos != Long.MAX_VALUE) {
      long nanos = Math.max(0, mostNanos);
      timespec.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
      timespec.set(JAVA_LONG, 8, nanos % NANOS_PER_SECOND);
      timeout = timespec;
    }
    for (int i = 0; i <= count; i++) {
      descriptors.set(JAVA_SHORT, (long) i * POLLFD_BYTES + REVENTS, (short) 0);
    }
    libc.poll(descriptors, count + 1L, timeout);
    if (found(count) != 0) {
      libc.read(counter, drained, JAVA_LONG.byteSize());
    }
  }

  /// What the latest wait found on one descriptor.
  short found(int index) {
    return descriptors.get(JAVA_SHORT, (long) index * POLLFD_BYTES + REVENTS);
  }

  /// Ends the current wait, or the next one if there is none.
  synchronized void wake() {
    if (!closed) {
      libc.write(counter, one, JAVA_LONG.byteSize());
    }
  }

  /// Releases the counter; idempotent.
  synchronized void close() {
    if (!closed) {
      closed = true;
      libc.close(counter);
    }
  }
}
