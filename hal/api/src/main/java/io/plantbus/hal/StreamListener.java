package io.plantbus.hal;

/// A listening endpoint. Safe for use by any thread.
public interface StreamListener extends AutoCloseable {
  /// The port listened on, 1..65535.
  int port();

  /// Links open now.
  int connections();

  /// Connections turned away because there were too many.
  long refusedConnections();

  /// Stops listening and closes the accepted links.
  @Override
  void close();
}
