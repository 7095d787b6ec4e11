package io.plantbus.protocols.modbus.trace;

/// Cuts what comes from one channel into frames. Owned by one thread.
sealed interface FrameCutter permits RtuCutter, AsciiCutter, MbapCutter {
  /// Told of each piece, in the order in which they came.
  @FunctionalInterface
  interface Cut {
    /// A frame or garbage; its direction and what it answers are not set yet.
    void cut(TracedFrame frame);
  }

  /// Takes bytes.
  ///
  /// @param nowNanos when the last of them came
  void feed(byte[] bytes, int offset, int length, long nowNanos);

  /// Nothing more of the current frame comes.
  void flush();

  /// When the last byte of an unfinished frame came; [Long#MAX_VALUE] if there is none.
  long unfinishedSinceNanos();
}
