package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The compiled `shim.c`, which answers in place of the C library and keeps a journal.
@SuppressWarnings("restricted")
final class ShimLibrary {
  /// What a Raspberry Pi's adapter announces: plain I2C and zero-length writes.
  static final long PLAIN = 0x1_0001;

  private final SymbolLookup symbols;

  private ShimLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /// Compiles and loads the shim; the test is skipped where there is no compiler.
  static ShimLibrary compile(Path directory) throws IOException, InterruptedException {
    return new ShimLibrary(load(directory, "shim"));
  }

  /// Compiles and loads a library of one source file; the test is skipped where there is no
  /// compiler.
  static SymbolLookup load(Path directory, String name) throws IOException, InterruptedException {
    Path source = directory.resolve(name + ".c");
    Path library = directory.resolve("lib" + name + ".so");
    try (InputStream text = ShimLibrary.class.getResourceAsStream(name + ".c")) {
      Files.write(source, Objects.requireNonNull(text).readAllBytes());
    }
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("gcc.log").toFile())
              .start();
    } catch (IOException _) {
      return Assumptions.abort("gcc is not installed, so there is no stand-in for the C library");
    }
    Assertions.assertTrue(compiler.waitFor(30, TimeUnit.SECONDS), "gcc ends in time");
    Assertions.assertEquals(
        0, compiler.exitValue(), () -> "gcc: " + read(directory.resolve("gcc.log")));
    return SymbolLookup.libraryLookup(library, Arena.ofAuto());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      return failure.toString();
    }
  }

  SymbolLookup symbols() {
    return symbols;
  }

  /// Forgets everything.
  ///
  /// @param functions what the adapter announces
  void reset(long functions) {
    call("shim_reset", JAVA_LONG, functions);
  }

  void failOpenWith(int errno) {
    call("shim_fail_open", JAVA_INT, errno);
  }

  void failTransferWith(int errno) {
    call("shim_fail_transfer", JAVA_INT, errno);
  }

  void level(int value) {
    call("shim_level", JAVA_INT, value);
  }

  int openDescriptors() {
    return (int) invoke("shim_open_count", FunctionDescriptor.of(JAVA_INT));
  }

  /// What was asked since the latest reset, one line each.
  String journal() {
    MemorySegment text = (MemorySegment) invoke("shim_journal", FunctionDescriptor.of(ADDRESS));
    return text.reinterpret(65536).getString(0);
  }

  private void call(String name, MemoryLayout type, Object argument) {
    invoke(name, FunctionDescriptor.ofVoid(type), argument);
  }

  private Object invoke(String name, FunctionDescriptor type, Object... arguments) {
    try {
      return Linker.nativeLinker()
          .downcallHandle(symbols.findOrThrow(name), type)
          .invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
