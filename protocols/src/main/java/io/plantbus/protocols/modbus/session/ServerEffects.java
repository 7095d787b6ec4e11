package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;

/// What a server session wants done, called from within its `receive`, `advance` and `answer`.
public interface ServerEffects {
  /// Send these bytes now, all of them, in order. The array is reused after the call.
  void send(byte[] bytes, int offset, int length);

  /// Whether this client may have a request executed by that unit. Asked once for each well-formed
  /// request, before it has any effect: those that the session answers by itself included, such as
  /// diagnostics. What is not allowed counts as a request that was refused with exception 01, and
  /// on a serial line as a broadcast that nobody obeys.
  ///
  /// @param unit as in `requested`
  /// @param request valid until this call returns
  default boolean allows(UnitId unit, Request request) {
    return true;
  }

  /// Whether a unit does what a diagnosis asks for that was broadcast, such as to listen only.
  /// Asked on serial lines, of every unit id, after [#allows] was asked about the broadcast.
  ///
  /// @param unit 1..255
  default boolean obeysBroadcast(UnitId unit) {
    return true;
  }

  /// Execute a well-formed request and tell the session by [ServerSession#answer], within this call
  /// or later. Requests of one client are executed in the order of these calls; answers go out in
  /// the same order.
  ///
  /// @param ticket names the request in `answer`
  /// @param unit the unit addressed; [UnitId#BROADCAST] on a serial line is executed by every
  ///   server and must be answered too, with anything: the session sends nothing
  /// @param request valid until this call returns: copy blocks that are kept
  void requested(long ticket, UnitId unit, Request request, long nowNanos);

  /// The session has the response to a request by itself: to a malformed one, to one that is not
  /// allowed, or of diagnostics.
  ///
  /// @param ticket names the request in `answer` and `ignore`
  /// @return whether somebody else sees to the answer, within this call or later; else it is sent
  default boolean intercepts(long ticket, UnitId unit, Response response, long nowNanos) {
    return false;
  }

  /// The peer broke the framing beyond repair: close the connection.
  void close();
}
