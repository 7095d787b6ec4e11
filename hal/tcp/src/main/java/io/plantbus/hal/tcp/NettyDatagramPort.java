package io.plantbus.hal.tcp;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.PortException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// UDP on the event loops of a [NettyStreamPort], which ends them. A link belongs to the thread on
/// which its datagrams arrive. Safe for use by any thread.
final class NettyDatagramPort implements DatagramPort {
  /// What is read of a datagram at most; more is cut off. Far above any frame.
  static final int LONGEST_READ = 2048;

  private final EventLoops loops;
  private final NameResolver names;
  private final Map<Object, DatagramListener> listeners = new ConcurrentHashMap<>();
  private volatile boolean closed;

  NettyDatagramPort(EventLoops loops, NameResolver names) {
    this.loops = loops;
    this.names = names;
  }

  @Override
  public AgentRunner newRunner() {
    return loops.nextRunner();
  }

  @Override
  public LinkOpener opener(AgentRunner runner, String host, int port) {
    TcpNames.requirePort(port, 1);
    return new UdpOpener(
        loops.requireOurs(runner), loops.transport(), names, TcpNames.withoutBrackets(host), port);
  }

  /// {@inheritDoc}
  ///
  /// All links of a listener share one event loop. An idle time of 0 means 30 s.
  ///
  /// @throws IllegalStateException if called on an event loop of this port, that is by an agent
  @Override
  public DatagramListener listen(
      String host, int port, ListenSettings settings, DatagramAcceptor acceptor)
      throws PortException {
    TcpNames.requirePort(port, 0);
    loops.requireOutside();
    String name = "udp://" + TcpNames.endpoint(host, port);
    if (closed) {
      throw TcpFault.portClosed(name).exception();
    }
    InetSocketAddress address = TcpNames.local(name, host, port);
    NettyDatagramListener listener =
        new NettyDatagramListener(loops, name, address, settings, acceptor, listeners::remove);
    listeners.put(listener, listener);
    return listener;
  }

  @Override
  public void close() {
    closed = true;
    List.copyOf(listeners.values()).forEach(DatagramListener::close);
  }
}
