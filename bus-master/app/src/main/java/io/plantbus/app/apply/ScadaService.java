package io.plantbus.app.apply;

import io.plantbus.app.scada.ScadaEndpoint;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.app.scada.ScadaSecurity;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.StreamPort;
import io.plantbus.master.BusMaster;
import org.jspecify.annotations.Nullable;

/// The SCADA endpoint of a run, which may be another one with another plant. Safe for use by any
/// thread.
public final class ScadaService implements AutoCloseable {
  private final BusMaster master;
  private final Adapters adapters;
  private final boolean anyPort;
  private @Nullable ScadaSpec spec;
  private @Nullable ScadaEndpoint endpoint;
  private boolean closed;

  private ScadaService(BusMaster master, Adapters adapters, boolean anyPort) {
    this.master = master;
    this.adapters = adapters;
    this.anyPort = anyPort;
  }

  /// Begins to serve.
  ///
  /// @param spec what; null for nothing
  /// @param anyPort whether any free port will do where the right one is taken
  /// @throws PortException if it cannot listen
  public static ScadaService open(
      BusMaster master, Adapters adapters, @Nullable ScadaSpec spec, boolean anyPort)
      throws PortException {
    ScadaService service = new ScadaService(master, adapters, anyPort);
    service.reopen(spec);
    return service;
  }

  /// Listens as another specification says. If that fails, it listens as before.
  ///
  /// @throws PortException if it cannot listen
  synchronized void reopen(@Nullable ScadaSpec next) throws PortException {
    if (closed) {
      throw new PortException(PortFault.FAILED, "the plant is stopping");
    }
    StreamPort port = next == null ? null : port(next);
    ScadaSpec former = spec;
    boolean samePlace =
        former != null
            && next != null
            && former.port() == next.port()
            && former.host().equals(next.host());
    if (samePlace) {
      closeEndpoint();
    }
    try {
      ScadaEndpoint opened = next == null || port == null ? null : listen(next, port);
      closeEndpoint();
      endpoint = opened;
      spec = next;
    } catch (PortException failure) {
      if (samePlace && former != null) {
        endpoint = listen(former, port(former));
      }
      throw failure;
    }
  }

  private StreamPort port(ScadaSpec wanted) throws PortException {
    ScadaSecurity security = wanted.security();
    return adapters.streams(security == null ? null : security.files());
  }

  private ScadaEndpoint listen(ScadaSpec wanted, StreamPort port) throws PortException {
    try {
      return ScadaEndpoint.open(master, wanted, port);
    } catch (PortException taken) {
      if (!anyPort || taken.fault() != PortFault.BUSY) {
        throw taken;
      }
      return ScadaEndpoint.open(master, wanted.withPort(0), port);
    }
  }

  /// Serves other points to the clients that are connected.
  synchronized void serve(ScadaSpec next) {
    if (endpoint != null) {
      endpoint.serve(next);
      spec = next;
    }
  }

  /// How it does; null if nothing is served.
  public synchronized @Nullable ScadaReport report() {
    return endpoint == null ? null : endpoint.report();
  }

  private void closeEndpoint() {
    if (endpoint != null) {
      endpoint.close();
      endpoint = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeEndpoint();
  }
}
