package io.plantbus.protocols.modbus.diagnostics;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.Response;

/// What a server session does with a request.
public sealed interface Verdict {
  /// What to do where no diagnostics are kept.
  static Verdict of(Decoded decoded) {
    return switch (decoded) {
      case Decoded.WellFormed(Request request) -> new Execute(request);
      case Decoded.Malformed(ExceptionCode code) -> new Answer(Response.Refusal.of(code));
    };
  }

  /// Hand it to the executor.
  ///
  /// @param request what to execute
  record Execute(Request request) implements Verdict {}

  /// Answer it at once, and tell by [UnitDiagnostics#answered].
  ///
  /// @param response what to send
  record Answer(Response response) implements Verdict {}

  /// Neither execute nor answer it.
  record Silence() implements Verdict {
    static final Silence INSTANCE = new Silence();
  }
}
