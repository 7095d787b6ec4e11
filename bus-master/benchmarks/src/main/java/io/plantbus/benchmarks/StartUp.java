package io.plantbus.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole program: from the start of `plantbus run --simulate` to the moment at which every tag
/// of a plant was good for the first time, and its resident memory five seconds later. Medians of
/// several runs.
public final class StartUp {
  private static final int RUNS = 5;
  private static final int TAGS = 29;
  private static final long SETTLED_MILLIS = 5_000;
  private static final Pattern GOOD = Pattern.compile("\"tag\":\"([^\"]+)\".*\"quality\":\"Good\"");

  private StartUp() {}

  /// Runs the launcher `args[0]` with the plant file `args[1]` and prints a Markdown table.
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int run = -1; run < RUNS; run++) {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(args[0], "run", args[1], "--simulate", "--json")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        awaitFirstPoll(lines);
        double elapsed = (System.nanoTime() - start) / 1e9;
        drain(lines);
        if (run >= 0) {
          seconds.add(elapsed);
          megabytes.add(residentMegabytes(process.pid()));
        }
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| runs | start to first complete poll | resident after 5 s |%n|---:|---:|---:|%n| %d | %.2f s | %.0f MB |%n",
        RUNS,
        median(seconds),
        median(megabytes));
  }

  private static void awaitFirstPoll(BufferedReader lines) throws IOException {
    Set<String> good = new HashSet<>();
    while (good.size() < TAGS) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the run ended with " + good.size() + " of " + TAGS + " tags good");
      }
      Matcher matcher = GOOD.matcher(line);
      if (matcher.find()) {
        good.add(matcher.group(1));
      }
    }
  }

  /// Reads what the plant says for a while, or the process would wait for us.
  private static void drain(BufferedReader lines) throws IOException {
    long settled = System.currentTimeMillis() + SETTLED_MILLIS;
    String line = lines.readLine();
    while (line != null && System.currentTimeMillis() < settled) {
      line = lines.readLine();
    }
  }

  private static double residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS for process " + pid);
  }

  private static double median(List<Double> figures) {
    Collections.sort(figures);
    return figures.get(figures.size() / 2);
  }
}
