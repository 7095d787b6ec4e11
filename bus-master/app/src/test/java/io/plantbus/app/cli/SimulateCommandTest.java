package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void endpointsAreToldWithACommandThatReadsThem() throws IOException {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      String told = simulation.told();

      assertTrue(
          told.contains(
              "serial: rtu:" + simulation.serialPath() + "?baud=19200&format=8E1, 19200 8E1"),
          told);
      assertTrue(told.contains("unit 17: serial-17, coil:0..1, holding:100..103"), told);
      assertTrue(
          told.contains("mbpoll -m tcp -p " + simulation.port() + " -a 1 -t 3 -r 1 -1 127.0.0.1"),
          told);
      CommandLineRun read =
          CommandLineRun.of(
              "read", "rtu:" + simulation.serialPath(), "-a", "17", "holding:100", "-c", "4");
      assertEquals("", read.err());
      assertEquals(4, read.out().lines().filter(line -> line.startsWith("holding:")).count());
    }
  }

  @Test
  void aBenchFileWithMistakesIsRefused() throws IOException {
    Path file = folder.resolve("bench.yaml");
    Files.writeString(file, "lines: {a: {type: tpc, port: 0}}\n");

    CommandLineRun run = CommandLineRun.of("simulate", file.toString());

    assertEquals(ExitCode.CONFIGURATION.code(), run.code());
    assertTrue(run.err().contains("did you mean 'tcp'?"), run.err());
  }

  @Test
  void aTakenTcpPortIsTold() throws IOException {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      Path file = folder.resolve("second.yaml");
      Files.writeString(
          file,
          """
          lines:
            a: {type: tcp, port: %d, units: {1: {profile: pump-drive}}}
          """
              .formatted(simulation.port()));

      CommandLineRun run = CommandLineRun.of("simulate", file.toString(), "--for", "1s");

      assertEquals(ExitCode.PORT.code(), run.code(), run.out());
      assertTrue(run.err().contains("" + simulation.port()), run.err());
    }
  }
}
