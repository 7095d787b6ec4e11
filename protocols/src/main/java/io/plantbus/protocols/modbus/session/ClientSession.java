package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;

/// The client's side of one line or connection, as a pure state machine: no thread, no clock, no
/// wire inside.
///
/// ```
///  offer(request, now) ─▶ effects.send(bytes) … receive(bytes, now) ─▶ effects.concluded(outcome)
///                                             … advance(now ≥ deadline) ─▶ effects.concluded(silence | noise)
/// ```
///
/// Owned by one thread. Times are monotonic nanoseconds and never go back from call to call.
public interface ClientSession {
  /// Whether a request may be offered now. False while the window is full, after
  /// [ClientEffects#close()] until `reset` and, on a serial line, while the silent interval or a
  /// turnaround delay lasts; `deadline` then tells when it ends.
  boolean canOffer(long nowNanos);

  /// Starts a transaction: the bytes to send go to the effects at once.
  ///
  /// @param timeoutNanos from the end of sending to the latest end of the answer
  /// @return the transaction's number, unique in this session
  /// @throws IllegalStateException unless `canOffer`
  long offer(UnitId unit, Request request, long timeoutNanos, long nowNanos);

  /// Bytes arrived, in any chunking.
  ///
  /// @param nowNanos when the last of them arrived
  void receive(byte[] bytes, int offset, int length, long nowNanos);

  /// Time went by.
  void advance(long nowNanos);

  /// When `advance` is wanted at the latest, or `Long.MAX_VALUE`.
  long deadline();

  /// The link was lost or replaced: every open transaction ends as aborted, every buffered byte is
  /// dropped.
  void reset(long nowNanos);

  /// Transactions under way.
  int inFlight();

  /// Counts since the session was made.
  ClientCounters counters();
}
