package io.plantbus.hal;

/// Makes links over datagrams, and serves peers by them. Each opener and each listener says on
/// which runner its owner must run.
///
/// ```
///  listen: datagrams of A ─▶ link of A ─▶ its agent          a peer that is silent for the idle time
///          datagrams of B ─▶ link of B ─▶ its agent          loses its link; its next datagram makes
///          datagrams of C ─▶ no place: dropped, counted      another
/// ```
public interface DatagramPort extends AutoCloseable {
  /// A runner whose agents may own links made with [#opener(AgentRunner, String, int)].
  AgentRunner newRunner();

  /// An opener for a peer, to be used by an agent on `runner`; its links are [DatagramLink]s, which
  /// connect no longer than the look-up of the name takes.
  ///
  /// @param runner one made by [#newRunner()] of this port
  /// @param host name or address of the peer; resolved anew at each opening, without blocking the
  ///   runner
  /// @param port UDP port 1..65535
  LinkOpener opener(AgentRunner runner, String host, int port);

  /// Listens for peers, which a [ListenSettings] bounds as it bounds connections.
  ///
  /// @param host local name or address to bind to
  /// @param port UDP port, 0 for any free one
  /// @throws PortException if the address cannot be bound
  DatagramListener listen(String host, int port, ListenSettings settings, DatagramAcceptor acceptor)
      throws PortException;

  /// Listens for peers from anywhere.
  ///
  /// @param maxPeers peers served at once, 1..65536; datagrams of others are dropped and counted
  /// @throws PortException if the address cannot be bound
  default DatagramListener listen(String host, int port, int maxPeers, DatagramAcceptor acceptor)
      throws PortException {
    return listen(host, port, ListenSettings.of(maxPeers), acceptor);
  }

  /// Closes the listeners of this port and their links; returns within a bounded time.
  @Override
  void close();

  /// Decides what serves a peer.
  @FunctionalInterface
  interface DatagramAcceptor {
    /// A peer has sent its first datagram. Called on the thread that will step the returned agent,
    /// which owns the link from here on.
    Agent accept(DatagramLink link);
  }

  /// A bound socket that serves peers. Safe for use by any thread.
  interface DatagramListener extends AutoCloseable {
    /// The port listened on, 1..65535.
    int port();

    /// Peers that have a link now.
    int peers();

    /// Datagrams dropped because their sender had no place or was not admitted.
    long refusedDatagrams();

    /// Stops listening and closes the links.
    @Override
    void close();
  }
}
