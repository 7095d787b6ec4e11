package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.apply.PlantSource;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.config.BenchFile;
import io.plantbus.app.control.ChangeRequest;
import io.plantbus.app.control.Changer;
import io.plantbus.app.control.ControlClient;
import io.plantbus.app.control.ControlFolder;
import io.plantbus.app.live.PlainView;
import io.plantbus.app.live.PlantView;
import io.plantbus.app.run.PlantRun;
import io.plantbus.app.run.StopSignal;
import io.plantbus.hal.PortException;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.simulators.bench.Bench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running plant is changed through its control socket, over slaves on a pseudo terminal and on
/// loopback.
class ApplyCommandTest {
  private static final String LINES =
      """
      plant: changed
      lines:
        rs485: {rtu: /dev/ttyNone7, timeout: 300ms}
      devices:
        tank: {line: rs485, unit: 1, profile: tank-level-transmitter, poll: 100ms, only: [level]}
      """;
  private static final String PUMP =
      "  pump: {line: rs485, unit: 2, profile: pump-drive, poll: 100ms, only: [run]}\n";
  private static final String SAFE = "safe-state: {pump.run: false}\n";
  private static final int NO_ANSWER_FROM_TARGET = 0x0B;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void keepTheSocketsApart() {
    System.setProperty(ControlFolder.PROPERTY, folder.resolve("control").toString());
  }

  @AfterEach
  void useTheFolderOfTheUserAgain() {
    System.clearProperty(ControlFolder.PROPERTY);
  }

  private String write(String... parts) throws IOException {
    return file("plant.yaml", parts);
  }

  private String file(String name, String... parts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", parts)).toString();
  }

  /// A run, until it is closed.
  private static final class Run implements AutoCloseable {
    private final StopSignal stop = StopSignal.listen();
    private final StringWriter out = new StringWriter();
    private final CompletableFuture<Boolean> ended;

    Run(PlantSource source, Bench bench) {
      PlantVersion first =
          PlantVersion.first(
              source, PlanProof.of(source.plant().plant(), Observations.NONE), Instant.now());
      PlantView view = new PlainView(new PrintWriter(out));
      ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new PlantRun(first, Duration.ofMinutes(1), stop, view)
                      .simulated(bench, _ -> {});
                } catch (PortException | InterruptedException failure) {
                  throw new IllegalStateException(failure);
                }
              },
              task -> Thread.ofPlatform().daemon(true).start(task));
    }

    /// What it printed until its end.
    String end() {
      stop.raise();
      boolean safe = ended.orTimeout(20, TimeUnit.SECONDS).join();
      assertTrue(safe, "every safe state was acknowledged");
      return out.toString();
    }

    @Override
    public void close() {
      end();
      stop.finished(0);
    }
  }

  private Run start(String plant) throws IOException {
    String bench =
        file(
            "bench.yaml",
            """
            lines:
              rs485:
                type: serial
                units: {1: {profile: tank-level-transmitter}, 2: {profile: pump-drive}}
            """);
    Run run =
        new Run(
            PlantSource.read(Path.of(plant), _ -> null).valueOrThrow(),
            BenchFile.read(Path.of(bench), null, _ -> null).valueOrThrow());
    ask("tank (unit 1)  up", "status");
    return run;
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
  void aDeviceIsAddedWhileTheOthersGoOnAndThePreviousPlantComesBack() throws Exception {
    String plant = write(LINES, "audit: {file: writes.jsonl}\n");
    String before = Files.readString(Path.of(plant));
    try (Run run = start(plant)) {
      write(LINES, PUMP, SAFE, "audit: {file: other.jsonl}\n");

      CommandLineRun planned = CommandLineRun.of("apply", plant, "--plan");
      CommandLineRun unasked = CommandLineRun.of("apply", plant);
      CommandLineRun applied = CommandLineRun.of("apply", plant, "--yes");
      CommandLineRun same = CommandLineRun.of("apply", plant, "--yes");
      CommandLineRun status = ask("pump (unit 2)  up", "status");
      CommandLineRun back = CommandLineRun.of("apply", "--previous", "--yes");
      CommandLineRun restored = CommandLineRun.of("status", "--json");
      String ended = run.end();

      assertEquals(0, planned.code(), planned.err());
      assertTrue(
          planned.out().contains("    + pump on rs485, unit 2, profile pump-drive, 1 tag\n"),
          planned.out());
      assertTrue(
          planned.out().contains("No device pauses; 1 device goes on undisturbed."), planned.out());
      assertTrue(
          planned.out().contains("! 'audit' is different; that takes effect at the next start"),
          planned.out());
      assertTrue(planned.out().contains("rs485: "), planned.out());
      assertEquals(ExitCode.USAGE.code(), unasked.code());
      assertTrue(unasked.err().contains("no terminal to ask on"), unasked.err());
      assertEquals(0, applied.code(), applied.err());
      assertTrue(applied.out().contains("version 2 runs\n"), applied.out());
      assertEquals(before, Files.readString(folder.resolve("plant.previous.yaml")));
      assertTrue(same.out().contains("nothing is different"), same.out());
      assertTrue(
          status.out().matches("(?s).*\nversion 2 since \\d\\d:\\d\\d:\\d\\d, .*"), status.out());
      assertEquals(0, back.code(), back.err());
      assertTrue(back.out().contains("- pump on rs485"), back.out());
      assertTrue(back.out().contains("pump.run leaves the plant and stays as it is"), back.out());
      assertTrue(restored.out().contains("\"version\":{\"number\":3,"), restored.out());
      assertFalse(restored.out().contains("\"device\":\"pump\""), restored.out());
      assertTrue(ended.matches("(?s).*version 2 of the plant runs.*"), ended);
      assertFalse(ended.contains("tank is down"), ended);
      assertFalse(ended.matches("(?s).*tank.level [^\n]*(Bad|Uncertain)_.*"), ended);
      String record = Files.readString(folder.resolve("writes.jsonl.simulated"));
      assertTrue(
          record.matches(
              "(?s).*\"event\":\"applied\",\"version\":2,\"file\":\"[^\"]*plant.yaml\",.*"),
          record);
    }
  }

  @Test
  void whatCannotBeAppliedChangesNothing() throws Exception {
    String plant = write(LINES);
    try (Run _ = start(plant)) {

      write(LINES, "  pump: {lines: rs485}\n");
      CommandLineRun wrong = CommandLineRun.of("apply", plant, "--yes");
      CommandLineRun wrongJson = CommandLineRun.of("apply", plant, "--plan", "--json");
      write(
          LINES.replace("devices:", "  more: {rtu: /dev/ttyNone8}\n  net: {tcp: host}\ndevices:"));
      CommandLineRun unserved = CommandLineRun.of("apply", plant, "--yes");
      write(LINES.replace("plant: changed", "plant: another"));
      CommandLineRun other = CommandLineRun.of("apply", plant, "--yes");
      CommandLineRun none = CommandLineRun.of("apply", "--previous", "--yes");
      CommandLineRun missing = CommandLineRun.of("apply", folder + "/no.yaml", "--yes");
      write((LINES + PUMP).replace("poll: 100ms", "poll: 20ms"));
      CommandLineRun late = CommandLineRun.of("apply", plant, "--yes");
      CommandLineRun lateJson = CommandLineRun.of("apply", plant, "--plan", "--json");
      CommandLineRun status = CommandLineRun.of("status", "--json");

      assertEquals(ExitCode.CONFIGURATION.code(), wrong.code());
      assertTrue(
          wrong.err().matches("(?s)plantbus apply: \\d mistakes?\n.*plant.yaml:6:.*"), wrong.err());
      assertEquals(ExitCode.CONFIGURATION.code(), wrongJson.code());
      assertTrue(wrongJson.out().startsWith("{\"answer\":\"wrong\","), wrongJson.out());
      assertEquals(ExitCode.CONFIGURATION.code(), unserved.code());
      assertTrue(unserved.err().contains("there are none for line net"), unserved.err());
      assertEquals(ExitCode.PORT.code(), other.code());
      assertTrue(
          other.err().contains("no plant 'another' runs here; running: changed"), other.err());
      assertEquals(ExitCode.CONFIGURATION.code(), none.code());
      assertTrue(none.err().contains("nothing was applied since"), none.err());
      assertEquals(ExitCode.CONFIGURATION.code(), missing.code());
      assertTrue(missing.err().contains("there is no such file"), missing.err());
      assertEquals(ExitCode.PLAN.code(), late.code());
      assertTrue(late.out().contains("it cannot keep every deadline"), late.out());
      assertTrue(late.err().contains("--force applies it nevertheless"), late.err());
      assertEquals(ExitCode.PLAN.code(), lateJson.code());
      assertTrue(lateJson.out().startsWith("{\"answer\":\"rejected\","), lateJson.out());
      assertTrue(status.out().contains("\"version\":{\"number\":1,"), status.out());
    }
  }

  @Test
  void onlyWhatWasShownIsApplied() throws Exception {
    String plant = write(LINES);
    try (Run _ = start(plant)) {
      write(LINES, PUMP);
      try (ControlClient client = ControlClient.connect(ControlFolder.ofUser(), "changed")) {
        Changer.Answer plan = client.plan(new ChangeRequest(plant, false));
        write(LINES, PUMP.replace("unit: 2", "unit: 3"));
        Changer.Answer changed = client.apply(plan.digest(), false);
        Changer.Answer again = client.apply(plan.digest(), false);

        assertEquals(Changer.Kind.READY, plan.kind());
        assertEquals(Changer.Kind.REFUSED, changed.kind());
        assertTrue(changed.rows().getFirst().contains("has changed since it was read"));
        assertEquals(Changer.Kind.REFUSED, again.kind());
      }
      assertFalse(CommandLineRun.of("status").out().contains("pump"));
      assertFalse(Files.exists(folder.resolve("plant.previous.yaml")));
    }
  }

  @Test
  void aScadaClientStaysConnectedWhileItsMapChanges() throws Exception {
    int port = freePort();
    String place = "scada: {port: %d, ".formatted(port);
    String plant = write(LINES, place, "points: {'input:0': tank.level}}\n");
    try (Run _ = start(plant)) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(10_000);
        assertTrue(isGood(client, 4, 0, 2));
        assertFalse(isGood(client, 1, 5, 1));

        write(LINES, PUMP, place, "points: {'input:0': tank.level, 'coil:5': pump.run}}\n");
        CommandLineRun applied = CommandLineRun.of("apply", plant, "--yes");

        assertTrue(
            applied.out().contains("it serves 2 points; clients stay connected"),
            applied.out() + applied.err());
        assertTrue(applied.out().contains("+ coil:5 pump.run"), applied.out());
        assertTrue(isGood(client, 1, 5, 1));
        assertTrue(isGood(client, 4, 0, 2));

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          String elsewhere = "scada: {port: %d, ".formatted(taken.getLocalPort());
          write(LINES, elsewhere, "points: {'input:0': tank.level}}\n");
          CommandLineRun failed = CommandLineRun.of("apply", plant, "--yes");
          assertEquals(ExitCode.PORT.code(), failed.code(), failed.out());
          assertTrue(failed.err().contains("plantbus apply: SCADA endpoint: "), failed.err());
          assertTrue(isGood(client, 1, 5, 1), "all is as it was");
        }

        write(LINES, place, "max-clients: 3, points: {'input:0': tank.level}}\n");
        CommandLineRun reopened = CommandLineRun.of("apply", plant, "--yes");
        assertTrue(
            reopened.out().contains("its clients must connect anew"),
            reopened.out() + reopened.err());
        assertEquals(-1, client.getInputStream().read());
      }
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(10_000);
        assertTrue(isGood(client, 4, 0, 2));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Whether a read is answered with a value, asked again while its device has not answered yet.
  private static boolean isGood(Socket client, int function, int address, int count)
      throws IOException {
    int exception = ask(client, function, address, count);
    for (int i = 0; i < 200 && exception == NO_ANSWER_FROM_TARGET; i++) {
      LockSupport.parkNanos(25_000_000);
      exception = ask(client, function, address, count);
    }
    return exception == 0;
  }

  private static int ask(Socket client, int function, int address, int count) throws IOException {
    byte[] request = {0, 1, 0, 0, 0, 6, 1, (byte) function, 0, (byte) address, 0, (byte) count};
    client.getOutputStream().write(request);
    byte[] header = client.getInputStream().readNBytes(6);
    byte[] answer = client.getInputStream().readNBytes(header[5]);
    return answer[1] < 0 ? answer[2] : 0;
  }
}
