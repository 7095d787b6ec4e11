package io.plantbus.simulators.twin;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import org.jspecify.annotations.Nullable;

/// A captured exchange in the words of the protocol.
///
/// @param request what was asked; [Request.Raw] if the specification does not know it
/// @param outcome what came of it: an answer, a refusal, silence, noise if the answer is none, or
///   broadcast
public record Decoded(CapturedExchange exchange, Request request, Outcome outcome) {
  /// Decodes it.
  ///
  /// @return null if the request cannot be sent at all
  public static @Nullable Decoded of(CapturedExchange exchange) {
    byte[] asked = exchange.request().toArray();
    Request request =
        RequestDecoder.decode(asked, 0, asked.length)
                instanceof RequestDecoder.Decoded.WellFormed(Request known)
            ? known
            : raw(asked);
    return request == null ? null : new Decoded(exchange, request, outcome(exchange, asked));
  }

  private static Request.@Nullable Raw raw(byte[] asked) {
    int function = asked[0];
    return function < 1
        ? null
        : new Request.Raw(function, ByteBlock.copyOf(asked, 1, asked.length - 1));
  }

  private static Outcome outcome(CapturedExchange exchange, byte[] asked) {
    ByteBlock response = exchange.response();
    if (exchange.isBroadcast()) {
      return new Outcome.Broadcast();
    }
    if (response == null) {
      return new Outcome.Silence();
    }
    byte[] told = response.toArray();
    RequestHead head = new RequestHead();
    head.set(asked, 0, asked.length);
    return switch (new ResponseDecoder().decode(head, told, 0, told.length)) {
      case Outcome.Answered(var answer) -> new Outcome.Answered(answer.copy());
      case Outcome.Refused refused -> new Outcome.Refused(refused.refusal());
      case Outcome.Noise(var reason) -> new Outcome.Noise(reason);
      case Outcome.Silence silence -> silence;
      case Outcome.Aborted aborted -> aborted;
      case Outcome.Broadcast broadcast -> broadcast;
    };
  }
}
