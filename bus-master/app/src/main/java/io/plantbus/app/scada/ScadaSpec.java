package io.plantbus.app.scada;

import java.util.List;

/// What is served to SCADA systems, and where.
///
/// @param host local name or address to listen on
/// @param port TCP port, 0 for any free one
/// @param maxClients connections served at once, 1..1000
/// @param writeTimeToLiveNanos how long a client's write may wait before it is sent to the device
/// @param points no two of a table overlap
public record ScadaSpec(
    String host, int port, int maxClients, long writeTimeToLiveNanos, List<ScadaPoint> points) {
  public ScadaSpec {
    points = List.copyOf(points);
    if (maxClients < 1 || maxClients > 1000) {
      throw new IllegalArgumentException("max clients must be 1..1000, was " + maxClients);
    }
  }

  /// The same on another port.
  public ScadaSpec withPort(int other) {
    return new ScadaSpec(host, other, maxClients, writeTimeToLiveNanos, points);
  }
}
