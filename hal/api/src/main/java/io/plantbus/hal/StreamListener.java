package io.plantbus.hal;

/// A listening endpoint. Safe for use by any thread.
public interface StreamListener extends AutoCloseable {
  /// The port listened on, 1..65535.
  int port();

  /// Links open now.
  int connections();

  /// Connections turned away: too many, from an address that is not admitted, or without the
  /// identity that a secured port asks for.
  long refusedConnections();

  /// Connections closed to make room for others, or because their peer sent nothing for too long.
  default long expiredConnections() {
    return 0;
  }

  /// Stops listening and closes the accepted links.
  @Override
  void close();
}
