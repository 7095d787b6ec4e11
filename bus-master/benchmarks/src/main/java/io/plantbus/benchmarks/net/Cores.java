package io.plantbus.benchmarks.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which processor a process may run on, as far as the kernel lets that be said.
///
/// @param client processor of clients and load generators
/// @param server processor of servers
/// @param pinned whether that is kept
record Cores(int client, int server, boolean pinned) {
  /// The first two processors, where there are two and `taskset` may be used.
  static Cores find() {
    return Runtime.getRuntime().availableProcessors() > 1 && works(List.of("taskset", "-c", "0,1"))
        ? new Cores(0, 1, true)
        : new Cores(0, 0, false);
  }

  private static boolean works(List<String> prefix) {
    try {
      List<String> command = new ArrayList<>(prefix);
      command.add("true");
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> asClient(List<String> command) {
    return on(client, command);
  }

  List<String> asServer(List<String> command) {
    return on(server, command);
  }

  private List<String> on(int core, List<String> command) {
    if (!pinned) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    all.addAll(command);
    return all;
  }

  @Override
  public String toString() {
    return pinned
        ? "clients on processor " + client + ", servers on processor " + server
        : "nothing pinned to a processor";
  }
}
