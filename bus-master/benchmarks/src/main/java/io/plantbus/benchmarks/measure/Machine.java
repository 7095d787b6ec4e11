package io.plantbus.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The machine that figures belong to.
public final class Machine {
  private Machine() {}

  /// Prints processor, kernel, Java and what else runs there: figures of a busy machine are worth
  /// less.
  public static void print() {
    System.out.printf(
        Locale.ROOT,
        "%s, %d processors, %s %s, %s %s, load %s%n%n",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        load());
  }

  /// The model of the processor as the kernel names it, or the architecture.
  public static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException _) {
      return System.getProperty("os.arch");
    }
  }

  private static String load() {
    try {
      String text = Files.readString(Path.of("/proc/loadavg"));
      return text.substring(0, text.indexOf(' '));
    } catch (IOException _) {
      return "unknown";
    }
  }
}
