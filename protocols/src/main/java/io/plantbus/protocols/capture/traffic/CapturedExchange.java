package io.plantbus.protocols.capture.traffic;

import io.plantbus.protocols.ByteBlock;
import org.jspecify.annotations.Nullable;

/// A request and its answer.
///
/// @param packet number of the packet with the request, from 1, as Wireshark counts
/// @param server who was asked
/// @param unit 0..255
/// @param request protocol data unit, 1..253 bytes
/// @param requestNanos when its last byte came, nanoseconds since 1970 (UTC)
/// @param response protocol data unit; null if nobody answered
/// @param responseNanos when its last byte came; the request's without one
public record CapturedExchange(
    long packet,
    CapturedServer server,
    int unit,
    ByteBlock request,
    long requestNanos,
    @Nullable ByteBlock response,
    long responseNanos) {
  /// Whether it was for all devices of a serial line, which do not answer (SL 2.1).
  public boolean isBroadcast() {
    return unit == 0 && server.framing().isSerial();
  }

  /// From the end of the request to that of the answer; 0 without one.
  public long turnaroundNanos() {
    return responseNanos - requestNanos;
  }
}
