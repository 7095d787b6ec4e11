package io.plantbus.app.replay;

import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.twin.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The requests to one server, each sent when the one before has ended.
final class ServerReplay {
  private final ReplayPeer peer;
  private final Tally tally;
  private final boolean fast;
  private final long startNanos;
  private final long timeoutNanos;
  private final List<Decoded> requests = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int next;

  /// @param startNanos of the capture
  ServerReplay(ReplayPeer peer, Tally tally, boolean fast, long startNanos, long timeoutNanos) {
    this.peer = peer;
    this.tally = tally;
    this.fast = fast;
    this.startNanos = startNanos;
    this.timeoutNanos = timeoutNanos;
  }

  void add(Decoded request) {
    requests.add(request);
  }

  /// Begins.
  ///
  /// @return ends when all requests have, or with why the peer cannot be reached
  CompletableFuture<Void> start() {
    advance();
    return done;
  }

  private void advance() {
    while (next < requests.size()) {
      Decoded request = requests.get(next);
      CompletableFuture<Outcome> asked =
          peer.ask(
              fast ? 0 : request.exchange().requestNanos() - startNanos,
              UnitId.of(request.exchange().unit()),
              request.request(),
              timeout(request));
      next++;
      if (!asked.isDone()) {
        var _ =
            asked.whenComplete(
                (outcome, failure) -> {
                  if (failure == null) {
                    tally.compare(request, outcome);
                    advance();
                  } else {
                    done.completeExceptionally(failure);
                  }
                });
        return;
      }
      if (asked.isCompletedExceptionally()) {
        done.completeExceptionally(asked.exceptionNow());
        return;
      }
      tally.compare(request, asked.resultNow());
    }
    done.complete(null);
  }

  /// An answer that did not come is not waited for beyond the next request, which would be late.
  private long timeout(Decoded request) {
    if (fast || !(request.outcome() instanceof Outcome.Silence) || next + 1 >= requests.size()) {
      return timeoutNanos;
    }
    long gap = requests.get(next + 1).exchange().requestNanos() - request.exchange().requestNanos();
    return Math.clamp(gap * 9 / 10, 1_000_000L, timeoutNanos);
  }
}
