package io.plantbus.app.scada;

import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.StreamPort;
import io.plantbus.master.BusMaster;

/// The served endpoint: listens, and gives each client an agent of its own. Safe for use by any
/// thread.
public final class ScadaEndpoint implements AutoCloseable {
  private final String host;
  private final StreamListener listener;

  private ScadaEndpoint(String host, StreamListener listener) {
    this.host = host;
    this.listener = listener;
  }

  /// Starts serving.
  ///
  /// @throws PortException if the address cannot be listened on
  /// @throws IllegalArgumentException if points overlap
  public static ScadaEndpoint open(BusMaster master, ScadaSpec spec, StreamPort port)
      throws PortException {
    ScadaDesk desk = new ScadaDesk(master, spec);
    return new ScadaEndpoint(
        spec.host(),
        port.listen(
            spec.host(), spec.port(), spec.listening(), link -> new ScadaClient(link, desk)));
  }

  /// The port listened on, 1..65535.
  public int port() {
    return listener.port();
  }

  /// Where a client finds it, such as `tcp://127.0.0.1:1502`.
  public String name() {
    return "tcp://" + host + ":" + port();
  }

  @Override
  public void close() {
    listener.close();
  }
}
