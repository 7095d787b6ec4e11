package io.plantbus.app.interop;

import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Place;
import java.io.IOException;
import java.nio.file.Path;

/// A server at work and the wire to it.
record Stage(Wire wire, Peer.Server server) implements AutoCloseable {
  /// Lays the wire and starts the server of a meeting.
  ///
  /// @param certificates see [io.plantbus.app.interop.peers.Certificates]
  static Stage of(Meeting meeting, Path certificates) throws Exception {
    Wire wire = Wire.of(meeting.transport(), certificates);
    try {
      return new Stage(wire, meeting.server().serve(wire.served()));
    } catch (Exception failure) {
      wire.close();
      throw failure;
    }
  }

  /// What the client is to open.
  Place opened() {
    return wire.opened(server);
  }

  /// The server first: some never end on a line that is gone.
  @Override
  public void close() throws IOException {
    try (wire) {
      server.close();
    }
  }
}
