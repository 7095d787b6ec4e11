package io.plantbus.app.device;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;

/// One request and what became of it.
///
/// @param request what was asked
/// @param outcome what became of it, kept beyond the session's callback
/// @param roundTripNanos from the first byte sent to the end
public record Exchange(Request request, Outcome outcome, long roundTripNanos) {
  /// An outcome that no longer depends on the session's buffers.
  static Outcome kept(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(Response response) -> new Outcome.Answered(response.copy());
      case Outcome.Refused refused -> new Outcome.Refused(refused.refusal());
      case Outcome.Silence silence -> silence;
      case Outcome.Noise(Outcome.NoiseReason reason) -> new Outcome.Noise(reason);
      case Outcome.Aborted aborted -> aborted;
      case Outcome.Broadcast broadcast -> broadcast;
    };
  }
}
