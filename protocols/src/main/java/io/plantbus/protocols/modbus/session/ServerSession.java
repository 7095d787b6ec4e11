package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Response;

/// The server's side of one line or connection, as a pure state machine: no thread, no clock, no
/// wire inside.
///
/// Malformed requests are refused by the session itself, in the order function 01, quantity 03 (AP
/// 7 and the state diagrams of AP 6); the executor checks addresses. Owned by one thread. Times are
/// monotonic nanoseconds and never go back.
public interface ServerSession {
  /// Whether more bytes are wanted. False while as many requests are open as the session holds:
  /// leave what arrives in the link until an answer makes room. Bytes that are handed over
  /// nevertheless are kept, within the bound that the session tells.
  default boolean accepts() {
    return true;
  }

  /// Bytes arrived, in any chunking.
  ///
  /// @param nowNanos when the last of them arrived
  void receive(byte[] bytes, int offset, int length, long nowNanos);

  /// Time went by.
  void advance(long nowNanos);

  /// When `advance` is wanted at the latest, or `Long.MAX_VALUE`.
  long deadline();

  /// The response to a request handed to [ServerEffects#requested].
  ///
  /// @param ticket the one of that call; an unknown one (after a reset) is ignored
  void answer(long ticket, Response response, long nowNanos);

  /// Leaves a request handed to [ServerEffects#requested] without any answer: a server that is dead
  /// to its client.
  void ignore(long ticket);

  /// The link was lost or replaced: forget everything that is buffered or open.
  void reset();

  /// Counts since the session was made.
  ServerCounters counters();
}
