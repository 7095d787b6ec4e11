package io.plantbus.benchmarks.rtu;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The slave in C, which also tells how long a master was silent before each request.
final class NativeSlave implements AutoCloseable {
  private final Process process;
  private final BufferedReader told;
  private final PrintStream commands;
  private final String device;

  /// What came since the last time.
  ///
  /// @param medianNanos from the answer's arrival to the next request's
  /// @param leastNanos the shortest of these
  record Silence(long requests, long medianNanos, long leastNanos) {}

  NativeSlave(Path program) throws IOException {
    process =
        new ProcessBuilder(program.toString(), "slave")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    told = process.inputReader(StandardCharsets.US_ASCII);
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    device = line();
  }

  private String line() throws IOException {
    String line = told.readLine();
    if (line == null) {
      throw new EOFException("the slave has ended");
    }
    return line;
  }

  String device() {
    return device;
  }

  /// Answers as a wire of this speed would bring them; 0 at once.
  void pace(int baud) throws IOException {
    commands.println("pace " + baud);
    count();
  }

  /// What came since the last count.
  Silence count() throws IOException {
    commands.println("count");
    String[] figures = line().split(" ", -1);
    return new Silence(
        Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
