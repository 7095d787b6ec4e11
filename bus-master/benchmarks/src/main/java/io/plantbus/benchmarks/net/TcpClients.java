package io.plantbus.benchmarks.net;

import io.plantbus.benchmarks.net.client.ClientKind;
import io.plantbus.benchmarks.net.client.ClientProcess;
import io.plantbus.benchmarks.net.server.ServerKind;
import io.plantbus.benchmarks.net.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// Modbus TCP clients against one responder that does next to nothing.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
///   -cp 'bus-master/benchmarks/target/lib/*' io.plantbus.benchmarks.net.TcpClients \
///   [--rounds N] [--millis N] [--only NAME,NAME]
/// ```
///
/// Each client is a process that lives through the whole run. In every round each has its turn, in
/// an order that moves on; the first round warms up and is not counted.
public final class TcpClients {
  private static final long WARM_UP_MILLIS = 800;

  /// Before anything else, until the compilers of the Java clients have nothing left to do.
  private static final long FIRST_WARM_UP_MILLIS = 3_000;

  private static final List<Load> LOADS =
      List.of(
          new Load(1, 1, 10),
          new Load(1, 1, 125),
          new Load(1, 16, 10),
          new Load(1, 16, 125),
          new Load(64, 1, 10),
          new Load(64, 1, 125));

  private record Contestant(Party party, Predicate<Load> can, boolean floor) {}

  private final Settings settings;
  private final Cores cores = Cores.find();
  private final List<Contestant> contestants = new ArrayList<>();

  private TcpClients(Settings settings) {
    this.settings = settings;
  }

  /// Runs the comparison and prints Markdown tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    new TcpClients(Settings.parse(args, 15, 100)).run();
  }

  private void run() throws IOException, InterruptedException {
    try (Programs programs = new Programs()) {
      Path responder = programs.compile("responder");
      List<String> command =
          responder == null
              ? Party.java(ServerProcess.class, ServerKind.NETTY.name())
              : List.of(responder.toString());
      try (Party server = new Party("responder", cores.asServer(command))) {
        int port = server.port();
        gather(programs);
        System.out.printf("%s.%n%n", Machine.describe());
        System.out.printf(
            "%d rounds of %d ms after one of warm-up, medians (lowest..highest); %s; the responder"
                + " is %s.%n",
            settings.rounds(),
            settings.millis(),
            cores,
            responder == null ? "a bare Netty loop" : "a C epoll loop");
        programs.missing().forEach(why -> System.out.println("Left out: " + why + "."));
        for (Load load : LOADS) {
          compare(load, port);
        }
      } finally {
        contestants.forEach(contestant -> contestant.party().close());
      }
    }
  }

  private void gather(Programs programs) throws IOException, InterruptedException {
    Path load = programs.compile("load");
    if (load != null) {
      join("bare C", List.of(load.toString(), "blocking"), _ -> true, true);
    }
    for (ClientKind kind : ClientKind.values()) {
      join(kind.title(), Party.java(ClientProcess.class, kind.name()), kind::can, kind.isFloor());
    }
    Path libmodbus = programs.compile("libmodbus_client", "-lmodbus", "-lpthread");
    if (libmodbus != null) {
      join("libmodbus", List.of(libmodbus.toString()), one -> one.window() == 1, false);
    }
    List<String> pymodbus = programs.python("pymodbus_client", "pymodbus");
    if (pymodbus != null) {
      join("pymodbus", pymodbus, _ -> true, false);
    }
  }

  private void join(String name, List<String> command, Predicate<Load> can, boolean floor)
      throws IOException {
    if (settings.takes(name)) {
      contestants.add(new Contestant(new Party(name, cores.asClient(command)), can, floor));
    }
  }

  private void compare(Load load, int port) throws IOException {
    List<Contestant> turn =
        new ArrayList<>(contestants.stream().filter(one -> one.can().test(load)).toList());
    Map<String, Rounds> rounds = new HashMap<>();
    turn.forEach(one -> rounds.put(one.party().name(), new Rounds()));
    for (int round = 0; round <= settings.rounds(); round++) {
      for (Contestant one : turn) {
        Measured measured = one.party().measure(load.command(port, millis(load, round)));
        if (round > 0) {
          rounds.getOrDefault(one.party().name(), new Rounds()).add(measured);
        }
      }
      Collections.rotate(turn, 1);
    }
    print(load, rounds);
  }

  private long millis(Load load, int round) {
    if (round > 0) {
      return settings.millis();
    }
    return load.equals(LOADS.getFirst()) ? FIRST_WARM_UP_MILLIS : WARM_UP_MILLIS;
  }

  private void print(Load load, Map<String, Rounds> rounds) {
    System.out.printf(
        "%n%d connection%s, %d in flight, FC 3 × %d:%n%n",
        load.connections(), load.connections() == 1 ? "" : "s", load.window(), load.registers());
    System.out.println(
        "| client | transactions/s | of the floor: median, best | p50 µs | p99 µs | p99.9 µs | CPU s per million |"
            + " allocated B each |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    Rounds floor =
        contestants.stream()
            .filter(Contestant::floor)
            .map(one -> rounds.getOrDefault(one.party().name(), new Rounds()))
            .filter(one -> !one.isEmpty())
            .reduce((_, last) -> last)
            .orElseGet(Rounds::new);
    for (Contestant one : contestants) {
      Rounds done = rounds.getOrDefault(one.party().name(), new Rounds());
      if (!done.isEmpty()) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %s | %.1f | %.1f | %.1f | %s | %s |%n",
            one.party().name(),
            done.perSecond(),
            done.comparedWith(floor),
            done.median(Measured::p50) / 1e3,
            done.median(Measured::p99) / 1e3,
            done.median(Measured::p999) / 1e3,
            done.shown(Measured::cpuSecondsPerMillion, "%.2f"),
            done.shown(Measured::allocatedEach, "%,.0f"));
      }
    }
  }
}
