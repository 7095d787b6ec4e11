package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;

/// What a server session wants done, called from within its `receive`, `advance` and `answer`.
public interface ServerEffects {
  /// Send these bytes now, all of them, in order. The array is reused after the call.
  void send(byte[] bytes, int offset, int length);

  /// Execute a well-formed request and tell the session by [ServerSession#answer], within this call
  /// or later. Requests of one client are executed in the order of these calls; answers go out in
  /// the same order.
  ///
  /// @param ticket names the request in `answer`
  /// @param unit the unit addressed; [UnitId#BROADCAST] on a serial line is executed by every
  ///   server and must be answered too, with anything: the session sends nothing
  /// @param request valid until this call returns: copy blocks that are kept
  void requested(long ticket, UnitId unit, Request request, long nowNanos);

  /// The session has the response to a request by itself: to a malformed one, or of diagnostics.
  ///
  /// @param ticket names the request in `answer` and `ignore`
  /// @return whether somebody else sees to the answer, within this call or later; else it is sent
  default boolean intercepts(long ticket, UnitId unit, Response response, long nowNanos) {
    return false;
  }

  /// The peer broke the framing beyond repair: close the connection.
  void close();
}
