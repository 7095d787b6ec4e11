package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The calls of the C library that this room is made of. Each answers as the kernel does: a result
/// of 0 or more, or the negated [Errno] of the failure. Safe for use by any thread.
final class Libc {
  /// `O_RDWR | O_CLOEXEC`: a child process must not keep hardware open.
  static final int READ_WRITE = 0x2 | 0x80000;

  /// `O_NONBLOCK`, the same bit for files and event counters.
  static final int NON_BLOCKING = 0x800;

  /// `O_NOCTTY`: an opened terminal does not become the controlling one.
  static final int NO_CONTROLLING_TERMINAL = 0x100;

  private static final int LOCK_EX_NB = 0x2 | 0x4;

  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> CAPTURED =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle ioctl;
  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle poll;
  private final MethodHandle flock;
  private final MethodHandle eventfd;
  private final MethodHandle inotifyInit;
  private final MethodHandle inotifyAddWatch;

  /// @param symbols where the functions are found
  /// @throws java.util.NoSuchElementException if one is missing there
  Libc(SymbolLookup symbols) {
    open = bind(symbols, "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    close = bind(symbols, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    ioctl =
        bind(symbols, "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    FunctionDescriptor transfer = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    read = bind(symbols, "read", transfer, -1);
    write = bind(symbols, "write", transfer, -1);
    poll =
        bind(
            symbols,
            "ppoll",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
            -1);
    flock = bind(symbols, "flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    eventfd = bind(symbols, "eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    inotifyInit = bind(symbols, "inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    inotifyAddWatch =
        bind(
            symbols,
            "inotify_add_watch",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            -1);
  }

  /// The C library of this process.
  static Libc system() {
    return OfThisProcess.INSTANCE;
  }

  private static final class OfThisProcess {
    private static final Libc INSTANCE = new Libc(Linker.nativeLinker().defaultLookup());
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(
      SymbolLookup symbols, String name, FunctionDescriptor type, int firstVariadic) {
    Linker.Option errno = Linker.Option.captureCallState("errno");
    Linker.Option[] options =
        firstVariadic < 0
            ? new Linker.Option[] {errno}
            : new Linker.Option[] {errno, Linker.Option.firstVariadicArg(firstVariadic)};
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type, options);
  }

  int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = CAPTURED.get();
      return result((int) open.invokeExact(captured, arena.allocateFrom(path), flags), captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  int close(int descriptor) {
    try {
      MemorySegment captured = CAPTURED.get();
      return result((int) close.invokeExact(captured, descriptor), captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  int ioctl(int descriptor, long request, MemorySegment argument) {
    try {
      MemorySegment captured = CAPTURED.get();
      return result((int) ioctl.invokeExact(captured, descriptor, request, argument), captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// A request whose argument is a plain number.
  int ioctl(int descriptor, long request, long argument) {
    return ioctl(descriptor, request, MemorySegment.ofAddress(argument));
  }

  int read(int descriptor, MemorySegment into, long length) {
    try {
      MemorySegment captured = CAPTURED.get();
      long count = (long) read.invokeExact(captured, descriptor, into, length);
      return result((int) count, captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  int write(int descriptor, MemorySegment from, long length) {
    try {
      MemorySegment captured = CAPTURED.get();
      long count = (long) write.invokeExact(captured, descriptor, from, length);
      return result((int) count, captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// Waits for events.
  ///
  /// @param timeout `struct timespec` of the longest wait, or `NULL` for as long as it takes
  int poll(MemorySegment descriptors, long count, MemorySegment timeout) {
    try {
      MemorySegment captured = CAPTURED.get();
      return result(
          (int) poll.invokeExact(captured, descriptors, count, timeout, MemorySegment.NULL),
          captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// Takes the advisory lock of an open file against everybody else, without waiting.
  int lockExclusively(int descriptor) {
    try {
      MemorySegment captured = CAPTURED.get();
      return result((int) flock.invokeExact(captured, descriptor, LOCK_EX_NB), captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// A counter that never makes its writer wait.
  int eventCounter() {
    try {
      MemorySegment captured = CAPTURED.get();
      return result((int) eventfd.invokeExact(captured, 0, NON_BLOCKING | 0x80000), captured);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// A descriptor that is readable when something happened to a file.
  ///
  /// @param events bits of `inotify(7)`
  int watch(String path, int events) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = CAPTURED.get();
      int watcher =
          result((int) inotifyInit.invokeExact(captured, NON_BLOCKING | 0x80000), captured);
      if (watcher < 0) {
        return watcher;
      }
      int watch =
          result(
              (int)
                  inotifyAddWatch.invokeExact(captured, watcher, arena.allocateFrom(path), events),
              captured);
      if (watch < 0) {
        close(watcher);
        return watch;
      }
      return watcher;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static int result(int returned, MemorySegment captured) {
    return returned >= 0 ? returned : -captured.get(JAVA_INT, ERRNO_OFFSET);
  }
}
