package io.plantbus.app.replay;

import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.twin.Decoded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Sends the requests of a capture again, to each server one at a time in their order, and compares
/// the answers.
///
/// @param fast whether as fast as the answers come, instead of no earlier than recorded
/// @param values whether other values are a difference
/// @param writes whether what may change the device is sent, too
/// @param timeoutNanos for each answer, at least 1 ms
public record Replay(boolean fast, boolean values, boolean writes, long timeoutNanos) {
  /// A replay under way.
  ///
  /// @param done ends when it has, or with a [io.plantbus.hal.PortException]
  /// @param report what came of it, once it is done
  public record Running(CompletableFuture<Void> done, Supplier<ReplayReport> report) {}

  /// Begins.
  ///
  /// @param peers whom to ask, by the server's name in the capture; requests to others are skipped
  public Running start(CapturedTraffic traffic, Map<String, ReplayPeer> peers) {
    Tally tally = new Tally(values);
    long start = traffic.exchanges().isEmpty() ? 0 : traffic.exchanges().getFirst().requestNanos();
    Map<String, ServerReplay> servers = new LinkedHashMap<>();
    peers.forEach(
        (name, peer) ->
            servers.put(name, new ServerReplay(peer, tally, fast, start, timeoutNanos)));
    for (CapturedExchange exchange : traffic.exchanges()) {
      ServerReplay server = servers.get(exchange.server().name());
      Decoded recorded = Decoded.of(exchange);
      if (server == null || recorded == null || !isFit(recorded)) {
        tally.skip();
      } else {
        server.add(recorded);
      }
    }
    CompletableFuture<?>[] all =
        servers.values().stream().map(ServerReplay::start).toArray(CompletableFuture<?>[]::new);
    return new Running(CompletableFuture.allOf(all), tally::report);
  }

  private boolean isFit(Decoded recorded) {
    return (writes || recorded.request().isReadOnly())
        && !(recorded.outcome() instanceof Outcome.Noise);
  }
}
