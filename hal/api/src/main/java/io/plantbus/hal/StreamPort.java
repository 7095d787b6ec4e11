package io.plantbus.hal;

/// Makes and accepts stream links. Each opener and each listener says on which runner its owner
/// must run.
public interface StreamPort extends AutoCloseable {
  /// A runner whose agents may own links made with [#opener(AgentRunner, String, int, long)].
  /// Agents on one runner share one thread; runners are spread over a small fixed number of
  /// threads.
  AgentRunner newRunner();

  /// An opener for a peer, to be used by an agent on `runner`.
  ///
  /// @param runner one made by [#newRunner()] of this port
  /// @param host name or address of the peer; resolved anew at each opening, without blocking the
  ///   runner
  /// @param port TCP port 1..65535
  /// @param connectTimeoutNanos the longest time in CONNECTING before the link is lost with
  ///   `UNREACHABLE`
  LinkOpener opener(AgentRunner runner, String host, int port, long connectTimeoutNanos);

  /// Listens for peers.
  ///
  /// @param host local name or address to bind to
  /// @param port TCP port, 0 for any free one
  /// @param settings who is served; whoever is not is closed at once and counted
  /// @param acceptor makes the agent of each link
  /// @throws PortException if the address cannot be bound
  StreamListener listen(String host, int port, ListenSettings settings, StreamAcceptor acceptor)
      throws PortException;

  /// Listens for peers from anywhere.
  ///
  /// @param maxConnections connections served at once, 1..65536; one more is closed at once and
  ///   counted
  /// @throws PortException if the address cannot be bound
  default StreamListener listen(String host, int port, int maxConnections, StreamAcceptor acceptor)
      throws PortException {
    return listen(host, port, ListenSettings.of(maxConnections), acceptor);
  }

  /// Closes all links and listeners and stops the runners; returns within a bounded time.
  @Override
  void close();
}
