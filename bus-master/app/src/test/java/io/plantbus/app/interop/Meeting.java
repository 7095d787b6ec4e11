package io.plantbus.app.interop;

import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A client and a server that speak with each other.
record Meeting(Peer client, Peer server, Transport transport) {
  /// Whether both speak it.
  boolean isPossible() {
    return client.client().transports().contains(transport)
        && server.server().transports().contains(transport);
  }

  /// Why it cannot take place on this machine, or null.
  @Nullable String obstacle() {
    return Stream.of(
            client.unavailable(),
            server.unavailable(),
            transport == Transport.TLS ? Certificates.unavailable() : null)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// What the client asks: what both can do and neither is known to be lost with.
  List<Operation> operations() {
    return Script.OPERATIONS.stream()
        .filter(operation -> client.client().functions().contains(operation.function()))
        .filter(operation -> server.server().functions().contains(operation.function()))
        .filter(client::can)
        .filter(
            operation ->
                KnownFaults.between(client, server, transport).stream()
                    .noneMatch(fault -> fault.lost().contains(operation)))
        .toList();
  }

  /// Lets them meet; what the client reports.
  ///
  /// @param certificates see [Certificates]
  List<String> replies(List<Operation> operations, Path certificates) throws Exception {
    try (Wire wire = Wire.of(transport, certificates);
        Peer.Server serving = server.serve(wire.served())) {
      return client.run(wire.opened(serving), operations);
    }
  }

  /// What the client is to report, known faults included.
  List<String> expected(List<Operation> operations) {
    Model model = new Model();
    List<KnownFault> faults = KnownFaults.between(client, server, transport);
    return operations.stream()
        .map(operation -> expected(operation, model.reply(operation), faults))
        .toList();
  }

  private static String expected(Operation operation, String right, List<KnownFault> faults) {
    return faults.stream()
        .filter(fault -> fault.replies().containsKey(operation))
        .map(fault -> fault.replies().getOrDefault(operation, right))
        .findFirst()
        .orElse(right);
  }

  @Override
  public String toString() {
    return client.name() + " reads and writes " + server.name() + " over " + transport;
  }
}
