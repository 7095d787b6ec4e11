package io.plantbus.benchmarks.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says about a process at a time.
///
/// @param residentMegabytes memory that is really there
/// @param threads all of them, those of the JVM included
/// @param cpuSeconds processor time since its start
record ProcessUsage(double residentMegabytes, int threads, double cpuSeconds) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;

  static ProcessUsage of(long pid) throws IOException {
    double megabytes = 0;
    int threads = 0;
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        megabytes = Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
      } else if (line.startsWith("Threads:")) {
        threads = Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(afterName[USER_TICKS]) + Long.parseLong(afterName[USER_TICKS + 1]);
    return new ProcessUsage(megabytes, threads, ticks / TICKS_PER_SECOND);
  }
}
