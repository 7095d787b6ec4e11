package io.plantbus.app.interop;

import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Place;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.linux.PseudoTerminal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What lies between a client and a server: for a serial line two pseudo terminals and a bridge, so
/// that both open a device file as they would on a real line.
final class Wire implements AutoCloseable {
  private final Transport transport;
  private final Path certificates;
  private final @Nullable PseudoTerminal clientEnd;
  private final @Nullable PseudoTerminal serverEnd;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private Wire(Transport transport, Path certificates) throws PortException {
    this.transport = transport;
    this.certificates = certificates;
    if (transport.isSerial()) {
      clientEnd = terminal(transport);
      serverEnd = terminal(transport);
      closing.push(SerialBridge.between(clientEnd, serverEnd)::close);
    } else {
      clientEnd = null;
      serverEnd = null;
    }
  }

  static Wire of(Transport transport, Path certificates) throws PortException {
    return new Wire(transport, certificates);
  }

  private PseudoTerminal terminal(Transport of) throws PortException {
    PseudoTerminal made = PseudoTerminal.open(of.settings(), NanoClock.system());
    closing.push(made::close);
    return made;
  }

  /// What the server is to serve.
  Place served() {
    return new Place(transport, 0, device(serverEnd), certificates);
  }

  /// What the client is to open.
  Place opened(Peer.Server server) {
    return new Place(transport, server.place().port(), device(clientEnd), certificates);
  }

  private static String device(@Nullable PseudoTerminal end) {
    return end == null ? "" : end.slavePath().toString();
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
