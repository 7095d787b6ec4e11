package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;

/// The server of one UDP peer: one application data unit, as over TCP, in each datagram.
///
/// The window and the order of answers are those of [TcpServerSession]. A datagram that is not
/// exactly one unit, or that finds the window full, is dropped and counted, as the network may drop
/// any; [ServerEffects#close()] is never asked for. A request that comes twice is executed twice,
/// whatever its transaction id: the specification does not tell a repeated datagram from a repeated
/// request, and a client that minds sends no write again.
///
/// Each `receive` is exactly one datagram, each [ServerEffects#send] one to send.
public final class UdpServerSession implements ServerSession {
  /// Never used: a unit that is whole has no half.
  private static final long HALF_REQUEST_NANOS = 1;

  private final TcpServerSession session;
  private final MbapDatagram datagram = new MbapDatagram();

  /// Makes a session with diagnostics of its own.
  ///
  /// @param window the most requests open at once, 1..[TcpServerSession#MAX_WINDOW]
  public UdpServerSession(int window, ServerEffects effects) {
    this(window, ServerServices.of(new LineDiagnostics()), effects);
  }

  /// Makes a session of a server.
  ///
  /// @param services share their diagnostics among the server's peers
  public UdpServerSession(int window, ServerServices services, ServerEffects effects) {
    session = new TcpServerSession(window, HALF_REQUEST_NANOS, services, effects);
  }

  @Override
  public boolean accepts() {
    return session.accepts();
  }

  /// One datagram arrived.
  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (session.accepts() && datagram.isWhole(bytes, offset, length)) {
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
  public void answer(long ticket, Response response, long nowNanos) {
    session.answer(ticket, response, nowNanos);
  }

  @Override
  public void ignore(long ticket) {
    session.ignore(ticket);
  }

  @Override
  public void reset() {
    session.reset();
  }

  @Override
  public ServerCounters counters() {
    return session.counters();
  }
}
