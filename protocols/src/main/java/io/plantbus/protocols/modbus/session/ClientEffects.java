package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;

/// What a client session wants done, called from within `offer`, `receive`, `advance` and `reset`
/// of the session. An implementation may offer the next request from within `concluded`.
public interface ClientEffects {
  /// Send these bytes now, all of them, in order. The array is reused after the call.
  void send(byte[] bytes, int offset, int length);

  /// A transaction ended; each offered transaction ends exactly once.
  ///
  /// @param transaction the number that `offer` gave it
  /// @param unit whom it was sent to
  /// @param request what was asked
  /// @param outcome valid until this call returns
  /// @param sentNanos when its first byte was sent
  /// @param nowNanos when it ended
  void concluded(
      long transaction,
      UnitId unit,
      Request request,
      Outcome outcome,
      long sentNanos,
      long nowNanos);

  /// A valid answer came after its request had ended without one. It is nobody's answer any more,
  /// but it says that the unit is slow rather than dead.
  ///
  /// @param unit whose answer it was
  default void answeredLate(UnitId unit, long nowNanos) {}

  /// The peer broke the framing beyond repair and every open transaction was aborted: close the
  /// connection, and `reset` the session once there is a new one; it takes no offers before. A
  /// serial line resynchronises by itself, so its session never asks for this.
  default void close() {}
}
