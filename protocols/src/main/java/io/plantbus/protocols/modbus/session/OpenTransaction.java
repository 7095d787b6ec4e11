package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// A place for one transaction of a client, reused for the next once this one has ended.
final class OpenTransaction {
  static final Outcome ABORTED = new Outcome.Aborted();
  static final Outcome BROADCAST = new Outcome.Broadcast();
  private static final Outcome SILENCE = new Outcome.Silence();

  private final ClientEffects effects;
  private final ClientCounters counters;
  private final RequestHead head = new RequestHead();

  private @Nullable Request request;
  private UnitId unit = UnitId.BROADCAST;
  private long number;
  private long sentNanos;
  private long deadlineNanos;

  OpenTransaction(ClientEffects effects, ClientCounters counters) {
    this.effects = effects;
    this.counters = counters;
  }

  /// Takes the place and counts the request.
  ///
  /// @param aduLength bytes sent
  /// @param sendingNanos how long the sending takes
  void open(
      long newNumber,
      UnitId newUnit,
      Request newRequest,
      int aduLength,
      long sendingNanos,
      long timeoutNanos,
      long nowNanos) {
    number = newNumber;
    unit = newUnit;
    request = newRequest;
    sentNanos = nowNanos;
    long sentEndNanos = nowNanos + sendingNanos;
    deadlineNanos =
        timeoutNanos < Long.MAX_VALUE - Math.max(0, sentEndNanos)
            ? sentEndNanos + timeoutNanos
            : Long.MAX_VALUE;
    counters.requests++;
    counters.bytesSent += aduLength;
  }

  boolean isOpen() {
    return request != null;
  }

  long number() {
    return number;
  }

  UnitId unit() {
    return unit;
  }

  /// The head of the request's wire form; set by the session that encodes it.
  RequestHead head() {
    return head;
  }

  long sentNanos() {
    return sentNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /// Ends the transaction without an answer.
  ///
  /// @param reason what came instead, or null for not a byte
  void fail(@Nullable NoiseReason reason, long nowNanos) {
    conclude(reason == null ? SILENCE : new Outcome.Noise(reason), nowNanos);
  }

  /// Ends the transaction: the place is free before the effects hear of it.
  void conclude(Outcome outcome, long nowNanos) {
    Request ended = request;
    if (ended == null) {
      return;
    }
    request = null;
    switch (outcome) {
      case Outcome.Answered _ -> counters.answers++;
      case Outcome.Refused _ -> counters.refusals++;
      case Outcome.Silence _ -> counters.silences++;
      case Outcome.Noise(NoiseReason reason) -> {
        counters.noises++;
        if (reason == NoiseReason.CHECKSUM) {
          counters.checksumErrors++;
        }
      }
      case Outcome.Aborted _, Outcome.Broadcast _ -> {}
    }
    effects.concluded(number, unit, ended, outcome, sentNanos, nowNanos);
  }
}
