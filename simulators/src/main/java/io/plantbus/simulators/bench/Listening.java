package io.plantbus.simulators.bench;

import io.plantbus.hal.ListenSettings;

/// Where a line of a bench listens, and to whom.
///
/// @param host local name or address to listen on
/// @param port 0 for any free one
/// @param settings who is served
public record Listening(String host, int port, ListenSettings settings) {
  private static final int MOST_CLIENTS = 64;

  /// To everybody, 64 clients at once.
  public static Listening on(String host, int port) {
    return new Listening(host, port, ListenSettings.of(MOST_CLIENTS));
  }
}
