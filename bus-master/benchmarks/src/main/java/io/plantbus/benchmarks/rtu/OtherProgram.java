package io.plantbus.benchmarks.rtu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A master in a program of its own, which prints how often it asked and the seconds that took.
///
/// @param command what to run
/// @param last what it is told last: its silence, or its speed
record OtherProgram(List<String> command, LastArgument last) implements Master {
  /// Makes the last argument from the speed.
  interface LastArgument {
    long of(int baud);
  }

  @Override
  public double perSecond(String device, int count, long millis, int baud)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(device, "" + count, "" + millis, "" + last.of(baud)));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String told =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command.getLast() + " failed");
    }
    String[] figures = told.split(" ", -1);
    return Double.parseDouble(figures[0]) / Double.parseDouble(figures[1]);
  }
}
