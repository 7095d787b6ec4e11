package io.plantbus.protocols.modbus.trace;

/// Told what a [LineEavesdropper] makes of a line, on the thread that feeds it.
public interface FrameListener {
  /// A frame, or bytes that make none.
  ///
  /// @param frame reused: valid during the call
  void frame(TracedFrame frame);

  /// Nobody answered a request: its time ran out, or the next was sent on a serial line.
  ///
  /// @param request reused: valid during the call
  /// @param nowNanos when that became certain
  default void unanswered(TracedFrame request, long nowNanos) {}
}
