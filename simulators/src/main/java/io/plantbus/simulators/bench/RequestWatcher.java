package io.plantbus.simulators.bench;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import org.jspecify.annotations.Nullable;

/// Looks on while the Modbus slaves of a bench execute requests. Called on the thread that serves
/// the line, one call at a time for each slave; must not wait and must not throw.
@FunctionalInterface
public interface RequestWatcher {
  /// A slave has executed a request; whether its answer arrives is another matter.
  ///
  /// @param line name of the line
  /// @param slave name of the slave; each of a line's has its own call for a broadcast
  /// @param request valid until this call returns
  /// @param response valid until this call returns, a refusal included; null if the slave is silent
  void executed(String line, String slave, Request request, @Nullable Response response);
}
