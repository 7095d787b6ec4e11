package io.plantbus.simulators.i2c;

/// The slave side of a chip on an I2C bus, byte by byte (UM10204, 3.1).
///
/// ```
///  S addr W  A   byte  A    …  Sr addr R  A   byte  A … byte N  P
///  start(false)  write(b)      start(true)    read()    read()  stop()
/// ```
///
/// The bus calls these methods one at a time and never two transfers at once, on the master's
/// thread. What the world around the chip sets and reads, another thread may: such methods of a
/// chip must be safe for any thread.
public interface I2cTarget {
  /// START or repeated START with the address of this chip. A 10-bit address is written even where
  /// nothing but a read follows.
  ///
  /// @param reading the direction bit: whether the master reads
  /// @param nowNanos time of the transfer
  /// @return whether the chip acknowledges
  boolean start(boolean reading, long nowNanos);

  /// How long the chip holds the clock low after it acknowledged its address, beyond the master's
  /// own low phase (UM10204, 3.1.9).
  ///
  /// @return nanoseconds; 0 for a chip that never does
  default long stretchNanos(long nowNanos) {
    return 0;
  }

  /// How long the chip holds the clock low after each byte and its acknowledge bit, beyond the
  /// master's own low phase.
  ///
  /// @return nanoseconds; 0 for a chip that never does
  default long stretchByteNanos(long nowNanos) {
    return 0;
  }

  /// The general call, address 0 (UM10204, 3.1.13): who listens is written to next.
  ///
  /// @return whether the chip acknowledges
  default boolean generalCall(long nowNanos) {
    return false;
  }

  /// A byte from the master.
  ///
  /// @param value 0..255
  /// @return whether the chip acknowledges
  boolean write(int value, long nowNanos);

  /// The next byte for the master; a chip that has none leaves the bus high.
  ///
  /// @return 0..255
  default int read(long nowNanos) {
    return 0xFF;
  }

  /// STOP.
  default void stop(long nowNanos) {}
}
