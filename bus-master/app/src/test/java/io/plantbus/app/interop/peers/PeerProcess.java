package io.plantbus.app.interop.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program that is asked and answers in lines. Every wait is bounded, and the program is killed
/// at the end; what it wrote to its error output is in every failure.
final class PeerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final String END = "\0";

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private PeerProcess(List<String> command) throws IOException {
    errors = Files.createTempFile("plantbus-peer", ".txt");
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    Thread.ofPlatform().daemon(true).name("peer-output").start(this::collect);
  }

  static PeerProcess start(List<String> command) throws IOException {
    return new PeerProcess(command);
  }

  private void collect() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // The program was killed.
    }
    lines.add(END);
  }

  /// The next line of its output.
  ///
  /// @throws IOException if it ended or is silent, with its error output
  String line() throws IOException, InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new IOException(
          (line == null ? "no answer within %d s; ".formatted(PATIENCE_SECONDS) : "ended early; ")
              + process.info().commandLine().orElse("")
              + " said:\n"
              + Files.readString(errors));
    }
    return line;
  }

  /// Everything it still prints until it ends.
  String rest() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        line != null && !line.equals(END);
        line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      text.append(line).append('\n');
    }
    return text + Files.readString(errors);
  }

  /// Hands it all of its input.
  void tell(List<String> input) throws IOException {
    try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line : input) {
        writer.write(line + "\n");
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    Files.deleteIfExists(errors);
  }
}
