package io.plantbus.app.interop;

import io.plantbus.app.interop.faults.KnownFault;
import io.plantbus.app.interop.faults.KnownFaults;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
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

  /// What is known to go wrong.
  List<KnownFault> faults() {
    return KnownFaults.between(client, server, transport);
  }

  /// What the client asks: what it can, and neither is known to be lost with.
  List<Operation> operations() {
    return Script.OPERATIONS.stream()
        .filter(operation -> client.can(operation, transport))
        .filter(operation -> faults().stream().noneMatch(fault -> fault.lost().contains(operation)))
        .toList();
  }

  /// What the client is to report, known faults included: exception 01 for what the server has not.
  List<String> expected(List<Operation> operations) {
    Model model = new Model();
    List<KnownFault> faults = faults();
    return operations.stream()
        .map(operation -> expected(operation, right(operation, model), faults))
        .toList();
  }

  private String right(Operation operation, Model model) {
    String own = server.ownAnswers().get(operation);
    if (own != null) {
      return own;
    }
    return server.server().functions().contains(operation.function())
        ? model.reply(operation)
        : Operation.exception(1);
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
