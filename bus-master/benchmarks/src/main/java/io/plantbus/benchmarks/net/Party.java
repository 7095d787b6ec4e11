package io.plantbus.benchmarks.net;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that takes part: it reads commands, one per line, and answers each with one line.
final class Party implements AutoCloseable {
  private static final long NANOS_PER_TICK = 10_000_000;

  private final String name;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  /// Starts it.
  ///
  /// @param name in the table
  Party(String name, List<String> command) throws IOException {
    this.name = name;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    commands = process.outputWriter();
    answers = process.inputReader();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
  }

  /// The command that runs a Java program with the class path of this one.
  static List<String> java(Class<?> program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    String more = System.getProperty("party.options", "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" ", -1)));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  String name() {
    return name;
  }

  /// Sends a command and waits for its answer.
  String ask(String command) throws IOException {
    commands.write(command);
    commands.newLine();
    commands.flush();
    return answer();
  }

  Measured measure(String command) throws IOException {
    return Measured.parse(ask(command));
  }

  /// The port of a server, which is the first thing that it tells.
  int port() throws IOException {
    return Integer.parseInt(answer().replaceFirst("listening ", ""));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(name + " has ended");
    }
    return line;
  }

  /// Time of all processors that it has taken so far; what the kernel tells has steps of 10 ms.
  long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * NANOS_PER_TICK;
  }

  /// Resident memory in bytes.
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS of " + name);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
