package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.control.ControlFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running plant is asked how it is doing, through its control socket.
class StatusCommandTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void keepTheSocketsApart() {
    System.setProperty(ControlFolder.PROPERTY, folder.resolve("control").toString());
  }

  @AfterEach
  void useTheFolderOfTheUserAgain() {
    System.clearProperty(ControlFolder.PROPERTY);
  }

  private String plant() throws IOException {
    Path file = folder.resolve("plant.yaml");
    Files.writeString(
        file,
        """
        plant: asked
        lines:
          rs485: {rtu: /dev/ttyNone7, timeout: 100ms}
          net: {tcp: "127.0.0.1:1502", timeout: 300ms}
        devices:
          tank: {line: rs485, unit: 1, profile: tank-level-transmitter, poll: 100ms}
          gone: {line: rs485, unit: 9, poll: 100ms, tags: {a: "holding:0"}}
          pump: {line: net, unit: 2, profile: pump-drive, poll: 100ms}
        """);
    return file.toString();
  }

  private String bench() throws IOException {
    Path file = folder.resolve("bench.yaml");
    Files.writeString(
        file,
        """
        lines:
          rs485: {type: serial, units: {1: {profile: tank-level-transmitter}}}
          net: {type: tcp, port: 0, units: {2: {profile: pump-drive}}}
        """);
    return file.toString();
  }

  private static CompletableFuture<CommandLineRun> start(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> CommandLineRun.of(arguments), task -> Thread.ofPlatform().daemon(true).start(task));
  }

  /// Asks until the answer says what is waited for, a bounded number of times.
  private static CommandLineRun ask(String wanted, String... arguments) {
    CommandLineRun answer = CommandLineRun.of(arguments);
    for (int i = 0; i < 200 && !answer.out().contains(wanted); i++) {
      LockSupport.parkNanos(50_000_000);
      answer = CommandLineRun.of(arguments);
    }
    return answer;
  }

  @Test
  void aRunningPlantTellsWhereItsTimeGoesAndWhoTakesIt() throws Exception {
    CompletableFuture<CommandLineRun> run =
        start("run", plant(), "--bench", bench(), "--for", "6s");

    CommandLineRun text = ask("gone (unit 9), which never answered", "status");
    CommandLineRun total = CommandLineRun.of("status", plant(), "--total");
    CommandLineRun json = CommandLineRun.of("status", "asked", "--json");
    CommandLineRun other = CommandLineRun.of("status", "other");

    assertEquals(ExitCode.DEVICE.code(), text.code(), "a device is down");
    assertTrue(text.out().startsWith("plant asked "), text.out());
    assertTrue(
        text.out().contains("% of rs485's time goes to time-outs of gone (unit 9)"), text.out());
    assertTrue(text.out().matches("(?s).*\n  tank \\(unit 1\\) +up +\\d+\\.\\d%.*"), text.out());
    assertTrue(text.out().matches("(?s).*\n  gone \\(unit 9\\) +down .* –  .*"), text.out());
    assertTrue(total.out().contains("since the start"), total.out() + total.err());
    assertEquals(1, json.out().lines().count(), json.out());
    assertTrue(
        json.out().matches("\\{\"plant\":\"asked\",\"pid\":\\d+,.*\"device\":\"pump\".*}\n"),
        json.out());
    assertEquals(ExitCode.PORT.code(), other.code());
    assertTrue(other.err().contains("no plant 'other' runs here; running: asked"), other.err());
    assertEquals(0, run.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void aPlantInWhichAllIsWellEndsWithZero() throws Exception {
    CompletableFuture<CommandLineRun> run = start("run", plant(), "--simulate", "--for", "2s");

    CommandLineRun text = ask("gone (unit 9)  up", "status");

    assertEquals(0, text.code(), text.out() + text.err());
    assertEquals(0, run.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void withoutARunningPlantItSaysHowToStartOne() {
    CommandLineRun status = CommandLineRun.of("status", "--json");

    assertEquals(ExitCode.PORT.code(), status.code());
    assertEquals("", status.out());
    assertTrue(
        status.err().contains("no plant runs here; start one with 'plantbus run PLANT.yaml'"),
        status.err());
  }
}
