package io.plantbus.app.interop;

import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Peers;
import io.plantbus.app.interop.peers.PlantbusPeer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.reference.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
      text.append(
          "| Peer | Version | Direction | Transports | Functions |\n|---|---|---|---|---|\n");
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
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  peer.name(),
                  peer.version(),
                  direction,
                  listed(transports.stream(), Transport::toString),
                  listed(theirs.functions().stream().sorted(), String::valueOf)));
    }
  }

  @Test
  void theFaultsOfThePeersAreListed() throws IOException {
    StringBuilder text =
        new StringBuilder("| Peer | As | Over | What happens |\n|---|---|---|---|\n");
    try (PlantbusPeer ours = new PlantbusPeer()) {
      for (KnownFault fault : KnownFaults.ALL) {
        Peer.Role role = fault.server() ? ours.client() : ours.server();
        String over = framings(role.transports(), fault.transports());
        if (!over.isEmpty()) {
          text.append(
              "| %s | %s | %s | %s |\n"
                  .formatted(
                      fault.peer(), fault.server() ? "server" : "client", over, fault.words()));
        }
      }
    }
    PAGE.mustHold("faults", text.toString());
  }

  private static String framings(Set<Transport> ours, Set<Transport> theirs) {
    return listed(
        Stream.of(Transport.values())
            .filter(ours::contains)
            .filter(theirs::contains)
            .map(Transport::framing)
            .distinct(),
        Function.identity());
  }

  private static <T> String listed(Stream<T> things, Function<T, String> name) {
    return things.map(name).collect(Collectors.joining(", "));
  }
}
