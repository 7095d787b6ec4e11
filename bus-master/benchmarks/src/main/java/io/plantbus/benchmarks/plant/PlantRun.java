package io.plantbus.benchmarks.plant;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two runs of the program: one that tells every value, for the moment at which all are there, and
/// one as it is left alone, for what it takes.
///
/// @param startSeconds from its start until every tag was good for the first time
/// @param usage once it has settled
/// @param cpuPercent of one core, while it polls
record PlantRun(double startSeconds, ProcessUsage usage, double cpuPercent) {
  private static final Pattern GOOD = Pattern.compile("\"tag\":\"([^\"]+)\".*\"quality\":\"Good\"");
  private static final int CONNECT_ATTEMPTS = 300;

  /// Runs a plant file until it has been observed for a while.
  ///
  /// @param options of `plantbus run`, besides the plant file
  /// @param tags how many tags the plant has
  static PlantRun of(
      String launcher, Path plant, List<String> options, int tags, long settleMillis, long millis)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher, "run", plant.toString()));
    command.addAll(options);
    List<String> telling = new ArrayList<>(command);
    telling.add("--json");
    long start = System.nanoTime();
    Process told =
        new ProcessBuilder(telling).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    double startSeconds;
    try (BufferedReader lines = told.inputReader(StandardCharsets.UTF_8)) {
      awaitFirstPoll(lines, tags);
      startSeconds = (System.nanoTime() - start) / 1e9;
    } finally {
      told.destroy();
      told.waitFor();
    }
    Process quiet =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Thread.sleep(settleMillis);
      long from = System.nanoTime();
      double before = ProcessUsage.of(quiet.pid()).cpuSeconds();
      Thread.sleep(millis);
      ProcessUsage usage = ProcessUsage.of(quiet.pid());
      double seconds = (System.nanoTime() - from) / 1e9;
      return new PlantRun(startSeconds, usage, 100 * (usage.cpuSeconds() - before) / seconds);
    } finally {
      quiet.destroy();
      quiet.waitFor();
    }
  }

  private static void awaitFirstPoll(BufferedReader lines, int tags) throws IOException {
    Set<String> good = HashSet.newHashSet(tags);
    while (good.size() < tags) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the run ended with " + good.size() + " of " + tags + " tags good");
      }
      Matcher matcher = GOOD.matcher(line);
      if (matcher.find()) {
        good.add(matcher.group(1));
      }
    }
  }

  /// Runs a plant against simulators in another process.
  static PlantRun of(String launcher, GrownPlant plant, long settleMillis, long millis)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("plantbus-grown");
    int port = freePort();
    Path bench = plant.writeBench(folder, port);
    Process simulators =
        new ProcessBuilder(launcher, "simulate", bench.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("simulate.log").toFile())
            .start();
    try {
      awaitListening(port);
      Path file = plant.writePlant(folder, port);
      return of(launcher, file, List.of(), plant.tagCount(), settleMillis, millis);
    } finally {
      simulators.destroy();
      simulators.waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private static void awaitListening(int port) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < CONNECT_ATTEMPTS; attempt++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return;
      } catch (IOException _) {
        Thread.sleep(100);
      }
    }
    throw new IOException("the simulators do not listen");
  }
}
