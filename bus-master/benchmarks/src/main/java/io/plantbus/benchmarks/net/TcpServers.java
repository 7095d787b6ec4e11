package io.plantbus.benchmarks.net;

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
import org.jspecify.annotations.Nullable;

/// Modbus TCP servers under one load generator, alone and beside clients that a server must bear.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
///   -cp 'bus-master/benchmarks/target/lib/*' io.plantbus.benchmarks.net.TcpServers \
///   [--rounds N] [--millis N] [--only NAME,NAME]
/// ```
///
/// The load generator is a C program, so a C compiler must be here. Each server is a process that
/// lives through the whole run. In every round each has its turn, in an order that moves on; the
/// first round warms up and is not counted. Latencies are those of a server under full load: with
/// so many connections they are the other side of its throughput.
public final class TcpServers {
  /// Enough to see a connection that is without an answer for a second.
  private static final long SILENCE_MILLIS = 1_200;

  private static final int SILENCE_ROUNDS = 3;
  private static final long WARM_UP_MILLIS = 500;
  private static final int HELD = 1_000;

  private enum Company {
    NONE(""),
    SLOW(", beside 8 that ask for all they can and read a byte a second"),
    HOSTILE(", beside half requests, garbage and thousands of connections a second");

    private final String words;

    Company(String words) {
      this.words = words;
    }
  }

  private record Test(Load load, Company company) {
    boolean tellsSilence() {
      return load.connections() > 64 || company != Company.NONE;
    }
  }

  private static final List<Test> ALONE =
      List.of(
          new Test(new Load(1, 1, 10), Company.NONE),
          new Test(new Load(1, 16, 10), Company.NONE),
          new Test(new Load(64, 1, 10), Company.NONE),
          new Test(new Load(64, 16, 10), Company.NONE),
          new Test(new Load(64, 1, 125), Company.NONE),
          new Test(new Load(1_000, 1, 10), Company.NONE),
          new Test(new Load(1_000, 16, 10), Company.NONE));

  private static final List<Test> IN_COMPANY =
      List.of(
          new Test(new Load(64, 1, 10), Company.SLOW),
          new Test(new Load(64, 1, 10), Company.HOSTILE));

  private record Server(Party party, int port, boolean java, boolean floor) {}

  private final Settings settings;
  private final Cores cores = Cores.find();
  private final List<Server> servers = new ArrayList<>();

  private TcpServers(Settings settings) {
    this.settings = settings;
  }

  /// Runs the comparison and prints Markdown tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    new TcpServers(Settings.parse(args, 5, 150)).run();
  }

  private void run() throws IOException, InterruptedException {
    try (Programs programs = new Programs()) {
      Path load = programs.compile("load");
      Path trouble = programs.compile("trouble");
      if (load == null || trouble == null) {
        throw new IllegalStateException("the load generator needs a C compiler: install gcc");
      }
      try (Party generator = new Party("load", cores.asClient(List.of(load.toString())))) {
        gather(programs);
        System.out.printf("%s.%n%n", Machine.describe());
        System.out.printf(
            "%d rounds of %d ms (%d of %d ms with 1,000 connections or bad company) after one of"
                + " warm-up, medians (lowest..highest); %s; FC 3.%n",
            settings.rounds(), settings.millis(), SILENCE_ROUNDS, SILENCE_MILLIS, cores);
        programs.missing().forEach(why -> System.out.println("Left out: " + why + "."));
        for (Test test : ALONE) {
          compare(test, generator, trouble);
        }
        memory(generator);
        for (Test test : IN_COMPANY) {
          compare(test, generator, trouble);
        }
      } finally {
        servers.forEach(server -> server.party().close());
      }
    }
  }

  private void gather(Programs programs) throws IOException, InterruptedException {
    join("bare C", programs.compile("responder"), true);
    for (ServerKind kind : ServerKind.values()) {
      join(kind.title(), Party.java(ServerProcess.class, kind.name()), true, kind.isFloor());
    }
    join("libmodbus", programs.compile("libmodbus_server", "-lmodbus"), false);
    List<String> pymodbus = programs.python("pymodbus_server", "pymodbus");
    if (pymodbus != null) {
      join("pymodbus", pymodbus, false, false);
    }
  }

  private void join(String name, @Nullable Path program, boolean floor) throws IOException {
    if (program != null) {
      join(name, List.of(program.toString()), false, floor);
    }
  }

  private void join(String name, List<String> command, boolean java, boolean floor)
      throws IOException {
    if (settings.takes(name)) {
      Party party = new Party(name, cores.asServer(command));
      servers.add(new Server(party, party.port(), java, floor));
    }
  }

  private void compare(Test test, Party generator, Path trouble) throws IOException {
    List<Server> turn = new ArrayList<>(servers);
    Map<String, Rounds> results = new HashMap<>();
    servers.forEach(server -> results.put(server.party().name(), new Rounds()));
    long millis = test.tellsSilence() ? SILENCE_MILLIS : settings.millis();
    int rounds =
        test.tellsSilence() ? Math.min(SILENCE_ROUNDS, settings.rounds()) : settings.rounds();
    for (int round = 0; round <= rounds; round++) {
      for (Server server : turn) {
        Measured measured =
            measure(test, generator, trouble, server, round == 0 ? WARM_UP_MILLIS : millis);
        if (round > 0) {
          results.getOrDefault(server.party().name(), new Rounds()).add(measured);
        }
      }
      Collections.rotate(turn, 1);
    }
    print(test, results);
  }

  private Measured measure(Test test, Party generator, Path trouble, Server server, long millis)
      throws IOException {
    String port = Integer.toString(server.port());
    List<String> bad =
        cores.asClient(
            List.of(trouble.toString(), test.company() == Company.SLOW ? "slow" : "hostile", port));
    @Nullable Process company =
        test.company() == Company.NONE ? null : new ProcessBuilder(bad).start();
    long cpu = server.party().cpuNanos();
    long allocated = server.java() ? Long.parseLong(server.party().ask("allocated")) : 0;
    try {
      Measured seen = generator.measure(test.load().command(server.port(), millis));
      return seen.ofServer(
          server.party().cpuNanos() - cpu,
          server.java() ? Long.parseLong(server.party().ask("allocated")) - allocated : -1);
    } finally {
      if (company != null) {
        company.destroy();
      }
    }
  }

  private void print(Test test, Map<String, Rounds> results) {
    Load load = test.load();
    System.out.printf(
        Locale.ROOT,
        "%n%,d connection%s, %d in flight on each, FC 3 × %d%s:%n%n",
        load.connections(),
        load.connections() == 1 ? "" : "s",
        load.window(),
        load.registers(),
        test.company().words);
    System.out.println(
        "| server | transactions/s | of the Netty loop: median, best | p50 µs | p99 µs | CPU s per million |"
            + " allocated B each |"
            + (test.tellsSilence()
                ? " longest wait ms | a second or more without an answer | never answered |"
                : ""));
    System.out.println(
        "|---|---:|---:|---:|---:|---:|---:|" + (test.tellsSilence() ? "---:|---:|---:|" : ""));
    Rounds floor =
        servers.stream()
            .filter(Server::floor)
            .reduce((_, last) -> last)
            .map(server -> results.getOrDefault(server.party().name(), new Rounds()))
            .orElseGet(Rounds::new);
    for (Server server : servers) {
      Rounds done = results.getOrDefault(server.party().name(), new Rounds());
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %.1f | %.1f | %s | %s |",
          server.party().name(),
          done.perSecond(),
          done.comparedWith(floor),
          done.median(Measured::p50) / 1e3,
          done.median(Measured::p99) / 1e3,
          done.shown(Measured::cpuSecondsPerMillion, "%.2f"),
          done.shown(Measured::allocatedEach, "%,.0f"));
      if (test.tellsSilence()) {
        System.out.printf(
            Locale.ROOT,
            " %,.0f | %,.0f | %,.0f |",
            done.highest(Measured::gapNanos) / 1e6,
            done.highest(Measured::silent),
            done.highest(Measured::unanswered));
      }
      System.out.println();
    }
  }

  private void memory(Party generator) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%nResident memory of the servers after that, and what %,d connections add that were used"
            + " once:%n%n",
        HELD);
    System.out.println("| server | before, MB | each connection, KB |");
    System.out.println("|---|---:|---:|");
    for (Server server : servers) {
      long before = resident(server);
      Measured held = generator.measure("hold %d %d".formatted(server.port(), HELD));
      long after = resident(server);
      var _ = generator.ask("drop");
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %s |%n",
          server.party().name(),
          before / 1e6,
          held.transactions() == HELD
              ? String.format(Locale.ROOT, "%.1f", (after - before) / 1e3 / HELD)
              : "only %d were answered".formatted(held.transactions()));
    }
  }

  private static long resident(Server server) throws IOException {
    if (server.java()) {
      var _ = server.party().ask("collect");
    }
    return server.party().residentBytes();
  }
}
