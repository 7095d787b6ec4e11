package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import org.jspecify.annotations.Nullable;

/// One Modbus slave: executes requests. A device that is attached to several servers, or to one
/// that serves several connections, is called by several threads and guards itself.
public interface SlaveDevice {
  /// Executes a well-formed request: all of it or nothing.
  ///
  /// @param request valid until this call returns
  /// @param nowNanos monotonic time of the request
  /// @return the answer, a refusal included, which the server is done with before its thread calls
  ///   again; null to stay silent
  @Nullable Response execute(Request request, long nowNanos);

  /// The server answers by itself: a malformed request, or diagnostics of the line.
  ///
  /// @param response what it would send
  /// @param nowNanos monotonic time of the request
  /// @return what to send; null to stay silent
  default @Nullable Response answering(Response response, long nowNanos) {
    return response;
  }
}
