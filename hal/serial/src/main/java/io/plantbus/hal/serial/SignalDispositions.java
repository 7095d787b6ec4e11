package io.plantbus.hal.serial;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Keeps how this process answers the signals that the vendor's library sets to be ignored when it
/// is loaded, and puts that back when closed: a program whose terminal is closed has to end.
///
/// Does nothing on systems other than Linux.
final class SignalDispositions implements AutoCloseable {
  /// `SIGHUP`, `SIGUSR1`, `SIGUSR2`, `SIGCONT`, `SIGTTIN`, `SIGTTOU` and `SIGIO`, numbered as on
  /// x86 and ARM.
  private static final int[] SIGNALS = {1, 10, 12, 18, 21, 22, 29};

  /// More than any `struct sigaction` takes; its content stays opaque.
  private static final long ACTION_BYTES = 256;

  private final Arena arena = Arena.ofConfined();
  private final @Nullable MethodHandle sigaction;
  private final MemorySegment saved = arena.allocate(ACTION_BYTES * SIGNALS.length, 16);

  @SuppressWarnings("restricted")
  private SignalDispositions() {
    Linker linker = Linker.nativeLinker();
    sigaction =
        System.getProperty("os.name", "").startsWith("Linux")
            ? linker
                .defaultLookup()
                .find("sigaction")
                .map(
                    function ->
                        linker.downcallHandle(
                            function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)))
                .orElse(null)
            : null;
  }

  /// Keeps the present dispositions.
  static SignalDispositions save() {
    SignalDispositions dispositions = new SignalDispositions();
    for (int i = 0; i < SIGNALS.length; i++) {
      dispositions.call(SIGNALS[i], MemorySegment.NULL, dispositions.slot(i));
    }
    return dispositions;
  }

  private MemorySegment slot(int index) {
    return saved.asSlice(index * ACTION_BYTES, ACTION_BYTES);
  }

  private void call(int signal, MemorySegment action, MemorySegment previous) {
    if (sigaction == null) {
      return;
    }
    try {
      int _ = (int) sigaction.invokeExact(signal, action, previous);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.length; i++) {
      call(SIGNALS[i], slot(i), MemorySegment.NULL);
    }
    arena.close();
  }
}
