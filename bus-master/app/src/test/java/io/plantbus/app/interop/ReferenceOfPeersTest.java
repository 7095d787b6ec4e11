package io.plantbus.app.interop;

import io.plantbus.app.interop.faults.KnownFault;
import io.plantbus.app.interop.faults.KnownFaults;
import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Peers;
import io.plantbus.app.interop.peers.PlantbusPeer;
import io.plantbus.app.interop.peers.Programs;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.reference.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceOfPeersTest {
  private static final PublishedFile PAGE = PublishedFile.of("reference/interoperability.md");

  @TempDir private Path folder = Path.of("");

  @Test
  void thePeersAreListedWithWhatTheyAreTestedFor() throws IOException {
    try (PlantbusPeer ours = new PlantbusPeer()) {
      StringBuilder text = new StringBuilder();
      text.append("| Peer | Version | Direction | Transports |\n|---|---|---|---|\n");
      for (Peer peer : Peers.all(folder)) {
        row(text, peer, "asks Plantbus", peer.client(), ours.server());
        row(text, peer, "is asked by Plantbus", peer.server(), ours.client());
      }
      PAGE.mustHold("peers", text.toString());
    }
  }

  private static void row(
      StringBuilder text, Peer peer, String direction, Peer.Role theirs, Peer.Role ours) {
    List<Transport> transports =
        Stream.of(Transport.values())
            .filter(theirs.transports()::contains)
            .filter(ours.transports()::contains)
            .toList();
    if (!transports.isEmpty()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  peer.name(),
                  peer.version(),
                  direction,
                  transports.stream().map(Transport::toString).collect(Collectors.joining(", "))));
    }
  }

  @Test
  void whatIsUnderstoodIsListedByFunction() throws IOException {
    List<Integer> functions = Programs.ALL.stream().sorted().toList();
    try (PlantbusPeer ours = new PlantbusPeer()) {
      StringBuilder text = new StringBuilder("| Peer |");
      functions.forEach(function -> text.append(" %d |".formatted(function)));
      text.append(" Exceptions |\n|---|").append("---|".repeat(functions.size() + 1)).append('\n');
      for (Peer peer : Peers.all(folder)) {
        agreement(text, functions, peer.name() + " asks", peer, ours);
        agreement(text, functions, peer.name() + " is asked", ours, peer);
      }
      PAGE.mustHold("functions", text.toString());
    }
  }

  private static void agreement(
      StringBuilder text, List<Integer> functions, String name, Peer client, Peer server) {
    List<Meeting> meetings =
        Stream.of(Transport.values())
            .map(transport -> new Meeting(client, server, transport))
            .filter(Meeting::isPossible)
            .toList();
    if (!meetings.isEmpty()) {
      Agreement agreement = new Agreement(meetings);
      text.append("| ").append(name).append(" |");
      functions.forEach(function -> text.append(" %s |".formatted(agreement.on(function))));
      text.append(" %s |\n".formatted(agreement.exceptions()));
    }
  }

  @Test
  void theFaultsOfThePeersAreListed() throws IOException {
    StringBuilder text =
        new StringBuilder("| Peer | As | Over | What happens |\n|---|---|---|---|\n");
    for (KnownFault fault : KnownFaults.ALL) {
      String over = framings(fault.transports().stream().filter(having(fault)));
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(fault.peer(), fault.server() ? "server" : "client", over, fault.words()));
    }
    PAGE.mustHold("faults", text.toString());
  }

  /// Whether the peer speaks a transport in the role in which its fault shows.
  private Predicate<Transport> having(KnownFault fault) {
    return Peers.all(folder).stream()
            .filter(peer -> peer.name().equals(fault.peer()))
            .map(peer -> fault.server() ? peer.server() : peer.client())
            .findFirst()
            .orElseThrow()
            .transports()
        ::contains;
  }

  private static String framings(Stream<Transport> transports) {
    return transports.sorted().map(Transport::framing).distinct().collect(Collectors.joining(", "));
  }
}
