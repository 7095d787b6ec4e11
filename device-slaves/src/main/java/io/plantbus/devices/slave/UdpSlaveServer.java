package io.plantbus.devices.slave;

import io.plantbus.hal.Agent;
import io.plantbus.hal.Link;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.session.ServerServices;
import io.plantbus.protocols.modbus.session.UdpServerSession;

/// Serves any number of unit ids over UDP, one request of Modbus TCP in each datagram: the same
/// units for every peer.
///
/// A unit that nobody has is refused or left without an answer as [SlaveUnits#absent] says. Whoever
/// gives it links bounds the number of peers and ends those that fall silent.
public final class UdpSlaveServer {
  /// Requests of one peer that are open at once.
  private static final int WINDOW = 16;

  private final String name;
  private final SlaveUnits units;
  private final ServerServices services;

  /// @param name for logs and agents
  /// @param units who answers
  public UdpSlaveServer(String name, SlaveUnits units) {
    this(name, units, ServerServices.of(new LineDiagnostics()));
  }

  /// @param services user-defined functions that units execute, and what is known of serial lines'
  ///   functions; diagnostics are kept of units that answer
  public UdpSlaveServer(String name, SlaveUnits units, ServerServices services) {
    this.name = name;
    this.units = units;
    this.services =
        services.withDiagnosed(
            unit -> units.find(UnitId.of(unit)) != null && services.diagnosed().test(unit));
  }

  /// Serves one peer.
  ///
  /// @param link hands out at most one datagram per `read`, cut if it is longer than asked for, and
  ///   sends one per `write`
  /// @return the agent that owns the link from here on
  public Agent accept(Link link) {
    SlaveExchange exchange =
        new SlaveExchange(units, false, services.diagnostics(), new OutgoingDatagrams());
    exchange.attach(new UdpServerSession(WINDOW, services, exchange));
    return new SlaveConnection(name + " " + link.name(), link, exchange);
  }
}
