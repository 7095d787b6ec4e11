package io.plantbus.app.scada;

import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.master.BusMaster;

/// The served endpoint: listens, and gives each client an agent of its own. Safe for use by any
/// thread.
public final class ScadaEndpoint implements AutoCloseable {
  private final ScadaSpec spec;
  private final ScadaDesk desk;
  private final Denials denials;
  private final StreamListener listener;

  private ScadaEndpoint(ScadaSpec spec, ScadaDesk desk, Denials denials, StreamListener listener) {
    this.spec = spec;
    this.desk = desk;
    this.denials = denials;
    this.listener = listener;
  }

  /// Starts serving.
  ///
  /// @param port what to listen with: one that is secured with the files of the specification, if
  ///   there are any
  /// @throws PortException if the address cannot be listened on
  /// @throws IllegalArgumentException if points overlap
  public static ScadaEndpoint open(BusMaster master, ScadaSpec spec, StreamPort port)
      throws PortException {
    ScadaDesk desk = new ScadaDesk(master, spec);
    Denials denials = new Denials();
    return new ScadaEndpoint(
        spec,
        desk,
        denials,
        port.listen(
            spec.host(),
            spec.port(),
            spec.listening(),
            link -> new ScadaClient(link, desk, spec.security(), denials)));
  }

  /// Serves other points from the next request of each client on; clients stay connected.
  ///
  /// @param other of which the points and the time to live of writes are taken
  /// @throws IllegalArgumentException if points overlap; then nothing was changed
  public void serve(ScadaSpec other) {
    desk.serve(other);
  }

  /// The port listened on, 1..65535.
  public int port() {
    return listener.port();
  }

  /// Requests that clients were not allowed to make.
  public long denials() {
    return denials.count();
  }

  /// How it does now.
  public ScadaReport report() {
    return new ScadaReport(
        name(), listener.connections(), denials(), listener.refusedConnections());
  }

  /// Where a client finds it, such as `tcp://127.0.0.1:1502`.
  public String name() {
    return spec.name(port());
  }

  @Override
  public void close() {
    listener.close();
  }
}
