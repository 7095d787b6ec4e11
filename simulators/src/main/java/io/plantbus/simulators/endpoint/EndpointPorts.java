package io.plantbus.simulators.endpoint;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchPorts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Serves a bench on real endpoints: pseudo terminals with stable names, TCP and UDP ports.
public final class EndpointPorts implements BenchPorts, AutoCloseable {
  private final EndpointAdapters adapters;
  private final Map<String, Terminal> terminals = new LinkedHashMap<>();

  /// A stable name and the terminal behind it, until its server takes it.
  private record Terminal(Path link, AtomicReference<@Nullable Link> first) {}

  private EndpointPorts(EndpointAdapters adapters) {
    this.adapters = adapters;
  }

  /// Makes the pseudo terminals of a bench, so that masters find them at once.
  ///
  /// @param adapters stay open as long as the bench is served
  /// @param folder where the names of serial lines without a path of their own stand
  /// @throws PortException if one cannot be made; none is left behind then
  public static EndpointPorts open(Bench bench, EndpointAdapters adapters, Path folder)
      throws PortException {
    EndpointPorts ports = new EndpointPorts(adapters);
    try {
      for (BenchLine line : bench.lines()) {
        if (line instanceof BenchLine.Serial serial) {
          Path link =
              serial.endpoint().isEmpty()
                  ? folder.resolve("plantbus-" + serial.name())
                  : Path.of(serial.endpoint());
          Link terminal;
          try {
            terminal = adapters.terminal(link, serial.settings());
          } catch (PortException failure) {
            throw bench.origins().tell(serial.name(), "link", failure);
          }
          ports.terminals.put(serial.name(), new Terminal(link, new AtomicReference<>(terminal)));
        }
      }
    } catch (PortException failure) {
      ports.close();
      throw failure;
    }
    return ports;
  }

  /// The path that a master opens for a serial line.
  public Path path(String line) {
    return terminal(line).link();
  }

  private Terminal terminal(String line) {
    Terminal terminal = terminals.get(line);
    if (terminal == null) {
      throw new IllegalArgumentException("the bench has no serial line '" + line + "'");
    }
    return terminal;
  }

  @Override
  public AgentRunner serialRunner(BenchLine.Serial line) {
    return adapters.threads();
  }

  @Override
  public LinkOpener serial(BenchLine.Serial line) {
    Terminal terminal = terminal(line.name());
    return () -> {
      Link made = terminal.first().getAndSet(null);
      return made != null ? made : adapters.terminal(terminal.link(), line.settings());
    };
  }

  @Override
  public StreamPort streams(@Nullable TlsFiles tls) throws PortException {
    return adapters.streams(tls);
  }

  @Override
  public DatagramPort datagrams() {
    return adapters.datagrams();
  }

  @Override
  public AgentRunner processRunner() {
    return adapters.threads();
  }

  /// Closes the pseudo terminals that no server has taken.
  @Override
  public void close() {
    for (Terminal terminal : terminals.values()) {
      Link unused = terminal.first().getAndSet(null);
      if (unused != null) {
        unused.close();
      }
    }
  }
}
