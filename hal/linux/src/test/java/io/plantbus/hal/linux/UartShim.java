package io.plantbus.hal.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The compiled `uart.c`, which lends a pseudo terminal what a UART has and keeps a journal.
@SuppressWarnings("restricted")
final class UartShim {
  private final SymbolLookup symbols;

  private UartShim(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /// Compiles and loads the shim; the test is skipped where there is no compiler.
  static UartShim compile(Path directory) throws IOException, InterruptedException {
    return new UartShim(ShimLibrary.load(directory, "uart"));
  }

  SymbolLookup symbols() {
    return symbols;
  }

  /// Forgets everything.
  void reset() {
    call("reset");
  }

  /// RS-485 requests fail.
  void failRs485With(int errno) {
    call("fail_rs485", errno);
  }

  /// Whatever is asked, the driver keeps these flags on and those off.
  void forceRs485(int on, int off) {
    call("force_rs485", on, off);
  }

  /// The device tree has set these flags.
  void enableRs485(int flags) {
    call("enable_rs485", flags);
  }

  /// The driver does not tell whether the transmitter is empty.
  void failTransmitterWith(int errno) {
    call("fail_lsr", errno);
  }

  void failRtsWith(int errno) {
    call("fail_rts", errno);
  }

  /// The transmitter is busy for so many questions.
  void busyFor(int questions) {
    call("busy_for", questions);
  }

  /// This character arrives with a wrong parity bit.
  void damage(int character) {
    call("damage", character);
  }

  /// What was asked since the latest reset.
  List<String> journal() {
    MemorySegment text = (MemorySegment) invoke("journal", FunctionDescriptor.of(ADDRESS));
    return text.reinterpret(65536).getString(0).lines().toList();
  }

  private void call(String name, Object... numbers) {
    MemoryLayout[] types = new MemoryLayout[numbers.length];
    Arrays.fill(types, JAVA_INT);
    invoke(name, FunctionDescriptor.ofVoid(types), numbers);
  }

  private Object invoke(String name, FunctionDescriptor type, Object... arguments) {
    try {
      return Linker.nativeLinker()
          .downcallHandle(symbols.findOrThrow("uart_" + name), type)
          .invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
