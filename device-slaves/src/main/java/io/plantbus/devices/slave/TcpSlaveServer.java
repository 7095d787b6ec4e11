package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.StreamAcceptor;
import io.plantbus.hal.StreamLink;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.session.ServerServices;

/// Serves any number of unit ids over Modbus TCP: the same units on every connection.
///
/// A unit that nobody has is refused or left without an answer as [SlaveUnits#absent] says. Give it
/// to [io.plantbus.hal.StreamPort#listen], which bounds the number of connections.
public final class TcpSlaveServer implements StreamAcceptor {
  /// Requests of one connection that are open at once (MB 4.4.1.3 suggests 1 to 16).
  private static final int WINDOW = 16;

  private static final long HALF_REQUEST_NANOS = 10_000_000_000L;

  private final String name;
  private final SlaveUnits units;
  private final ServerServices services;
  private final long halfRequestNanos;

  /// A server that closes a connection on which a request stops half-way for 10 s.
  ///
  /// @param name for logs and agents
  /// @param units who answers
  public TcpSlaveServer(String name, SlaveUnits units) {
    this(name, units, HALF_REQUEST_NANOS);
  }

  /// @param halfRequestNanos how long a request that began may pause before its connection is
  ///   closed
  public TcpSlaveServer(String name, SlaveUnits units, long halfRequestNanos) {
    this(name, units, halfRequestNanos, ServerServices.of(new LineDiagnostics()));
  }

  /// @param halfRequestNanos how long a request that began may pause before its connection is
  ///   closed
  /// @param services user-defined functions that units execute, and what is known of serial lines'
  ///   functions; diagnostics are kept of units that answer
  public TcpSlaveServer(
      String name, SlaveUnits units, long halfRequestNanos, ServerServices services) {
    this.name = name;
    this.units = units;
    this.services =
        services.withDiagnosed(
            unit -> units.find(UnitId.of(unit)) != null && services.diagnosed().test(unit));
    this.halfRequestNanos = halfRequestNanos;
  }

  @Override
  public Agent accept(StreamLink link) {
    return new TcpSlaveConnection(
        name + " " + link.peer(), link, units, services, WINDOW, halfRequestNanos);
  }
}
