package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;

/// The client of a UDP peer: one application data unit, as over TCP, in each datagram. UDP is no
/// transport of the specification; what devices agree on is that.
///
/// The window, the transaction ids and the checks are those of [TcpClientSession]. Datagrams that
/// are lost end as silence, those that come twice or in another order do no harm, and one that is
/// not exactly one unit is dropped and counted: there is nothing to be out of step with, so
/// [ClientEffects#close()] is never asked for.
///
/// Each `receive` is exactly one datagram, each [ClientEffects#send] one to send.
public final class UdpClientSession implements ClientSession {
  private final TcpClientSession session;
  private final MbapDatagram datagram = new MbapDatagram();

  /// Makes a session.
  ///
  /// @param window the most transactions under way, 1..[TcpClientSession#MAX_WINDOW]
  public UdpClientSession(int window, ClientEffects effects) {
    session = new TcpClientSession(window, effects);
  }

  @Override
  public boolean canOffer(long nowNanos) {
    return session.canOffer(nowNanos);
  }

  @Override
  public long offer(UnitId unit, Request request, long timeoutNanos, long nowNanos) {
    return session.offer(unit, request, timeoutNanos, nowNanos);
  }

  /// One datagram arrived.
  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (datagram.isWhole(bytes, offset, length)) {
      session.receive(bytes, offset, length, nowNanos);
    } else {
      counters().bytesReceived += length;
      counters().bytesDiscarded += length;
    }
  }

  @Override
  public void advance(long nowNanos) {
    session.advance(nowNanos);
  }

  @Override
  public long deadline() {
    return session.deadline();
  }

  @Override
  public void reset(long nowNanos) {
    session.reset(nowNanos);
  }

  @Override
  public int inFlight() {
    return session.inFlight();
  }

  @Override
  public ClientCounters counters() {
    return session.counters();
  }
}
