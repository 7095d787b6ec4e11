package io.plantbus.app.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.RunningSimulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MbpollTest {
  private static final Path MBPOLL = Path.of("/usr/bin/mbpoll");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void requireMbpoll() {
    Assumptions.assumeTrue(
        Files.isExecutable(MBPOLL), "mbpoll is not installed: install the package mbpoll");
  }

  private String mbpoll(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(MBPOLL.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("mbpoll.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "mbpoll does not end");
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  @Test
  void mbpollReadsASimulatedSlaveOverTcp() throws IOException, InterruptedException {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      String text =
          mbpoll(
              "-m",
              "tcp",
              "-p",
              "" + simulation.port(),
              "-a",
              "1",
              "-t",
              "3:float",
              "-B",
              "-r",
              "1",
              "-1",
              "127.0.0.1");

      assertTrue(text.matches("(?s).*\\[1]:\\s+2.5\\b.*"), text);
    }
  }

  @Test
  void mbpollReadsAndWritesASimulatedSlaveOverAPseudoTerminal()
      throws IOException, InterruptedException {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      String[] line = {"-m", "rtu", "-b", "19200", "-P", "even", "-a", "17", "-t", "4"};
      String serial = simulation.serialPath().toString();

      mbpoll(with(line, "-r", "103", serial, "1234"));
      String text = mbpoll(with(line, "-r", "101", "-c", "4", "-1", serial));

      assertTrue(text.matches("(?s).*\\[101]:\\s+16812\\b.*\\[103]:\\s+1234\\b.*"), text);
    }
  }

  private static String[] with(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
