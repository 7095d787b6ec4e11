package io.plantbus.benchmarks.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The programs that are no Java: C sources compiled on the spot, Python scripts, and what keeps
/// either from running here.
final class Programs implements AutoCloseable {
  private final Path folder;
  private final List<String> missing = new ArrayList<>();

  Programs() throws IOException {
    folder = Files.createTempDirectory("plantbus-benchmark");
  }

  /// What could not be run, in words.
  List<String> missing() {
    return missing;
  }

  /// Compiles a C program.
  ///
  /// @param libraries such as `-lmodbus`
  /// @return the program, or null if it cannot be compiled here
  @Nullable Path compile(String name, String... libraries)
      throws IOException, InterruptedException {
    Path source = copy(name + ".c");
    Path program = folder.resolve(name);
    List<String> command =
        new ArrayList<>(List.of("cc", "-O2", "-o", program.toString(), source.toString()));
    command.addAll(List.of(libraries));
    return succeeds(command, name + ".c does not compile here") ? program : null;
  }

  /// A Python script whose modules are there.
  ///
  /// @return the command that runs it, or null
  @Nullable List<String> python(String name, String module)
      throws IOException, InterruptedException {
    String python = "/usr/bin/python3";
    return succeeds(List.of(python, "-c", "import " + module), module + " is not installed")
        ? List.of(python, "-u", copy(name + ".py").toString())
        : null;
  }

  private boolean succeeds(List<String> command, String otherwise) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return true;
      }
    } catch (IOException _) {
      missing.add(command.getFirst() + " is not installed: " + otherwise);
      return false;
    }
    missing.add(otherwise);
    return false;
  }

  private Path copy(String name) throws IOException {
    Path to = folder.resolve(name);
    try (InputStream from = Programs.class.getResourceAsStream(name)) {
      if (from == null) {
        throw new IOException("no resource " + name);
      }
      Files.copy(from, to);
    }
    return to;
  }

  /// The first line that a command prints, or a word if it cannot be run.
  static String firstLine(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String line = process.inputReader().readLine();
      return process.waitFor() == 0 && line != null ? line : "not here";
    } catch (IOException _) {
      return "not here";
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
