package io.plantbus.app.replay;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.concurrent.CompletableFuture;

/// Whom the requests of one server of a capture are sent to, one at a time.
public interface ReplayPeer {
  /// Sends a request when its time has come.
  ///
  /// @param dueNanos since the replay began; at once if that has passed
  /// @param timeoutNanos from the end of the request to the end of its answer
  /// @return ends with what becomes of it, or with a [io.plantbus.hal.PortException]; maybe already
  CompletableFuture<Outcome> ask(long dueNanos, UnitId unit, Request request, long timeoutNanos);
}
