package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamLink;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.AsciiServerSession;
import io.plantbus.protocols.modbus.session.AsciiServerSettings;
import io.plantbus.protocols.modbus.session.RtuServerSession;
import io.plantbus.protocols.modbus.session.RtuServerSettings;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.ServerSession;
import io.plantbus.protocols.modbus.session.TcpServerSession;

/// Serves any number of unit ids over TCP: the same units on every connection.
///
/// A unit that nobody has is refused or left without an answer as [SlaveUnits#absent] says; with
/// serial frames it is silent, and unit 0 is a broadcast. Give it to
/// [io.plantbus.hal.StreamPort#listen], which bounds the number of connections.
public final class TcpSlaveServer implements StreamAcceptor {
  /// Requests of one connection that are open at once (MB 4.4.1.3 suggests 1 to 16).
  private static final int WINDOW = 16;

  private static final long HALF_REQUEST_NANOS = 10_000_000_000L;

  private final String name;
  private final SlaveUnits units;
  private final StreamFraming framing;
  private final ServerServices services;
  private final long halfRequestNanos;

  /// A server that closes a connection on which a request stops half-way for 10 s.
  ///
  /// @param name for logs and agents
  /// @param units who answers
  public TcpSlaveServer(String name, SlaveUnits units) {
    this(name, units, StreamFraming.MBAP);
  }

  /// A server of serial frames, or of Modbus TCP as above.
  public TcpSlaveServer(String name, SlaveUnits units, StreamFraming framing) {
    this(name, units, framing, HALF_REQUEST_NANOS);
  }

  /// @param halfRequestNanos how long a request that began may pause before its connection is
  ///   closed; serial frames are resynchronised instead
  public TcpSlaveServer(
      String name, SlaveUnits units, StreamFraming framing, long halfRequestNanos) {
    this(name, units, framing, halfRequestNanos, ServerServices.of(new LineDiagnostics()));
  }

  /// @param services user-defined functions that units execute, and what is known of serial lines'
  ///   functions; diagnostics are kept of units that answer
  public TcpSlaveServer(
      String name,
      SlaveUnits units,
      StreamFraming framing,
      long halfRequestNanos,
      ServerServices services) {
    this.name = name;
    this.units = units;
    this.services =
        services.withDiagnosed(
            unit -> units.find(UnitId.of(unit)) != null && services.diagnosed().test(unit));
    this.framing = framing;
    this.halfRequestNanos = halfRequestNanos;
  }

  @Override
  public Agent accept(StreamLink link) {
    SlaveExchange exchange =
        new SlaveExchange(
            units, framing != StreamFraming.MBAP, services.diagnostics(), new OutgoingBytes());
    exchange.attach(session(exchange));
    return new SlaveConnection(name + " " + link.peer(), link, exchange);
  }

  private ServerSession session(SlaveExchange exchange) {
    return switch (framing) {
      case MBAP -> new TcpServerSession(WINDOW, halfRequestNanos, services, exchange);
      case RTU ->
          new RtuServerSession(RtuServerSettings.overStream(units::serves), services, exchange);
      case ASCII ->
          new AsciiServerSession(AsciiServerSettings.overStream(units::serves), services, exchange);
    };
  }
}
