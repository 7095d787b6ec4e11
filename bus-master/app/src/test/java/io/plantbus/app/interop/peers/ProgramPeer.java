package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A peer whose client and server are a program of ours on top of their library. The program is
/// called with `serve` or `run` and a place; it prints `ready PORT`, or one reply per operation.
///
/// @param absence why it is unavailable, or null; asked once the peer is needed
/// @param command the program; asked after `absence`
record ProgramPeer(
    String name,
    String version,
    Role client,
    Role server,
    Map<Operation, String> ownAnswers,
    Supplier<@Nullable String> absence,
    Supplier<List<String>> command)
    implements Peer {

  /// The program can send anything.
  @Override
  public boolean can(Operation operation, Transport transport) {
    return true;
  }

  @Override
  public @Nullable String unavailable() {
    return absence.get();
  }

  private PeerProcess start(String mode, List<String> place) throws IOException {
    List<String> words = new ArrayList<>(command.get());
    words.add(mode);
    words.addAll(place);
    return PeerProcess.start(words);
  }

  @Override
  public Server serve(Place place) throws IOException, InterruptedException {
    PeerProcess process = start("serve", place.serving());
    try {
      String ready = process.line();
      if (!ready.startsWith("ready ")) {
        throw new IOException(name + " is not ready: " + ready);
      }
      return new Serving(process, place.withPort(Integer.parseInt(ready.substring(6))));
    } catch (IOException | InterruptedException failure) {
      process.close();
      throw failure;
    }
  }

  private record Serving(PeerProcess process, Place place) implements Server {
    @Override
    public void close() throws IOException {
      process.close();
    }
  }

  @Override
  public List<String> run(Place place, List<Operation> operations)
      throws IOException, InterruptedException {
    try (PeerProcess process = start("run", place.connecting())) {
      process.tell(operations.stream().map(Operation::toString).toList());
      List<String> replies = new ArrayList<>();
      while (replies.size() < operations.size()) {
        replies.add(process.line());
      }
      return replies;
    }
  }
}
