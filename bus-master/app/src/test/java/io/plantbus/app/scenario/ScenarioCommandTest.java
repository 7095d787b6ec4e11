package io.plantbus.app.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ScenarioCommandTest {
  private static final Path ACCEPTANCE = Path.of("../../docs/examples/acceptance.yaml");
  private static final String BENCH =
      """
      seed: 5
      lines:
        pair:
          type: serial
          baud: 19200
          units:
            1: { name: tank, profile: tank-level-transmitter }
            2: { name: pump, profile: pump-drive }
      """;
  private static final String PLANT =
      """
      lines: { rs485: { rtu: /dev/ttyUSB0, baud: 19200, timeout: 200ms } }
      devices:
        tank:
          line: rs485
          unit: 1
          profile: tank-level-transmitter
          poll: 200ms
          tags: { level: { alarms: { high: { limit: 3, dead-band: 0.5, on-delay: 1s } } } }
        pump: { line: rs485, unit: 2, profile: pump-drive, poll: 200ms }
      safe-state: { pump.run: false }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeBenchAndPlant() throws IOException {
    Files.writeString(folder.resolve("bench.yaml"), BENCH);
    Files.writeString(folder.resolve("plant.yaml"), PLANT);
  }

  private Path scenario(String text) throws IOException {
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(file, "bench: bench.yaml\nplant: plant.yaml\n" + text);
    return file;
  }

  private CommandLineRun run(String text, String... options) throws IOException {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "simulate";
    arguments[1] = scenario(text).toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandLineRun.of(arguments);
  }

  @Test
  void theExampleIsMet() {
    CommandLineRun run = CommandLineRun.of("simulate", ACCEPTANCE.toString());

    assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
    assertTrue(run.out().contains("PASSED: 23 of 23 expectations met"), run.out());
  }

  @Test
  void theSameSeedGivesTheSameReportByteForByteAndAnotherSeedAnotherOne() throws IOException {
    String steps =
        """
        steps:
          - do: [{ fault: flip, target: tank, rate: 0.2 }]
            expect: [{ tag: tank.level, quality: Bad_DeviceFailure, never: 15s }]
          - expect: [{ device: tank, health: suspect, never: 15s }]
        """;

    CommandLineRun first = run(steps, "--json");
    CommandLineRun second = run(steps, "--json");
    CommandLineRun other = run(steps, "--json", "--seed", "6");

    assertEquals(first, second);
    assertNotEquals(first.out(), other.out());
  }

  @Test
  void aFailureIsToldWithWhatWasSeenAndHowToRepeatIt() throws IOException {
    CommandLineRun run =
        run("steps: [{ at: 2s, expect: [{ tag: pump.run, equals: true, within: 3s }] }]");

    assertEquals(ExitCode.EXPECTATION.code(), run.code());
    assertTrue(
        run.out().contains("   5.000  FAILED       pump.run = true within 3 s  false, Good"),
        run.out());
    assertTrue(run.out().contains("| 4."), run.out());
    assertTrue(
        run.out()
            .contains(
                "Repeat it: plantbus simulate " + folder.resolve("scenario.yaml") + " --seed 5"),
        run.out());
  }

  @Test
  void junitXmlHoldsATestCaseForEachExpectation() throws Exception {
    Path file = folder.resolve("report.xml");
    CommandLineRun run =
        run(
            """
            scenario: Pump & <tank>
            steps:
              - at: 2s
                name: Both
                expect:
                  - { tag: pump.run, equals: false, for: 1s }
                  - { tag: pump.run, equals: true }
              - when: { tag: pump.run, equals: true }
                within: 1s
                expect: [{ device: pump, health: up }]
            """,
            "--junit",
            file.toString());

    assertEquals(ExitCode.EXPECTATION.code(), run.code());
    String text = Files.readString(file);
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertEquals("Pump & <tank>", suite.getAttribute("name"));
    assertEquals("4", suite.getAttribute("tests"));
    assertEquals("2", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("skipped"));
    Element first = (Element) suite.getElementsByTagName("testcase").item(0);
    assertEquals("1. Both: pump.run = false for 1 s", first.getAttribute("name"));
    assertEquals("1.000", first.getAttribute("time"));
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertEquals("seen: false, Good", failure.getAttribute("message"));
    assertTrue(
        failure.getTextContent().contains("scenario.yaml:9: expected pump.run = true"), text);
    assertTrue(
        suite.getElementsByTagName("system-out").item(0).getTextContent().contains("pair master >"),
        text);
  }

  @Test
  void theMarkdownReportHasAHeaderStepsAndPlacesToSign() throws IOException {
    Path file = folder.resolve("report.md");
    run(
        "scenario: Short\nsteps: [{ at: 2s, expect: [{ tag: pump.run, equals: false }] }]",
        "--report",
        file.toString());

    String text = Files.readString(file);
    assertTrue(text.startsWith("# Short\n"), text);
    assertTrue(text.contains("| Seed | 5 |"), text);
    assertTrue(text.contains("| Master | plant plant (plant.yaml) |"), text);
    assertTrue(
        text.contains(
            "| 2.000 | 1. step 1 | pump.run = false | scenario.yaml:4 | met | false, Good |"),
        text);
    assertTrue(text.contains("| Customer | | | |"), text);
  }

  @Test
  void mistakesInAnyOfTheFilesAreToldBeforeAnythingRuns() throws IOException {
    CommandLineRun wrong = run("steps: [{ at: 2s, do: [{ unplug: tnk }] }]");
    assertEquals(ExitCode.CONFIGURATION.code(), wrong.code());
    assertTrue(
        wrong
            .err()
            .contains("scenario.yaml:3:34: steps[0].do[0].unplug: there is no slave or line"),
        wrong.err());

    Files.writeString(folder.resolve("plant.yaml"), PLANT.replace("unit: 1", "unit: 999"));
    CommandLineRun plant = run("steps: [{ at: 2s, do: [{ note: x }] }]");
    assertEquals(ExitCode.CONFIGURATION.code(), plant.code());
    assertTrue(plant.err().contains("plant.yaml:5:"), plant.err());

    Files.delete(folder.resolve("bench.yaml"));
    CommandLineRun bench = run("steps: [{ at: 2s, do: [{ note: x }] }]");
    assertTrue(bench.err().contains("bench.yaml: there is no such file"), bench.err());
  }

  @Test
  void aPlantWhoseLineTheBenchDoesNotHaveIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("plant.yaml"),
        PLANT.replace("{ rtu: /dev/ttyUSB0, baud: 19200,", "{ tcp: h,"));

    CommandLineRun run = run("steps: [{ at: 2s, do: [{ note: x }] }]");

    assertTrue(
        run.err().contains("scenario.yaml:2:8: plant: the bench has no line for line 'rs485'"),
        run.err());
  }

  @Test
  void alarmsComeAndAreAcknowledged() throws IOException {
    CommandLineRun run =
        run(
            """
            steps:
              - at: 2s
                do: [{ set: tank.level, value: 3.5 }]
                expect:
                  - { alarm: tank.level, limit: high, state: normal, for: 900ms }
                  - { alarm: tank.level, limit: high, state: active, within: 1500ms }
              - after: 3s
                do: [{ set: tank.level, value: 2.7 }]
                expect: [{ alarm: tank.level, limit: high, state: active, for: 2s }]
              - do: [{ acknowledge: tank.level }]
                expect: [{ alarm: tank.level, limit: high, state: acknowledged }]
              - do: [{ set: tank.level, value: 2 }]
                expect: [{ alarm: tank.level, limit: high, state: normal, within: 1s }]
            """);

    assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
  }

  @Test
  void aMasterThatLosesItsPowerOrItsAdapterComesBack() throws IOException {
    CommandLineRun run =
        run(
            """
            steps:
              - at: 2s
                do: [{ write: pump.run, value: true, outcome: confirmed }]
              - after: 3s
                do: [{ power-cut: tank, master: true, for: 2s }]
                expect:
                  - { tag: pump.run, quality: Bad_WaitingForInitialData }
                  - { slave: pump.run, equals: true, for: 2s } # no safe state without power
                  - { tag: pump.run, equals: true, quality: Good, within: 4s }
              - do: [{ unplug-adapter: rs485, for: 2s }]
                expect:
                  - { tag: pump.run, quality: Bad_NoCommunication, within: 1s }
                  - { tag: pump.run, quality: Good, within: 10s, for: 2s }
            """);

    assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
  }

  @Test
  void inRealTimeSomebodyElsesMasterIsAnsweredAndNothingIsExpectedOfOurs() throws IOException {
    CommandLineRun run =
        run(
            """
            steps:
              - do: [{ set: tank.level, value: 4, for: 100ms }]
                expect: [{ slave: tank.level, equals: 4 }]
              - after: 150ms
                do: [{ ramp: tank.level, to: 5, over: 100ms }]
                expect: [{ slave: tank.level, equals: 5, within: 30s }]
            """,
            "--real-time",
            "--endpoints");

    assertEquals(ExitCode.OK.code(), run.code(), run.out() + run.err());
    assertTrue(run.out().contains("pair: rtu:"), run.out());
    assertTrue(run.out().contains("PASSED: 2 of 2 expectations met"), run.out());

    CommandLineRun ours = run("steps: [{ expect: [{ device: pump, health: up }] }]", "--real-time");
    assertEquals(ExitCode.CONFIGURATION.code(), ours.code());
    assertTrue(ours.err().contains("the master is somebody else's"), ours.err());
  }

  @Test
  void inRealTimeWhatSomebodyElsesMasterWritesIsSeen() throws Exception {
    Path bench = folder.resolve("bench.yaml");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        bench,
        "lines: { net: { type: tcp, port: %d, units: { 2: { name: pump, profile: pump-drive } } } }"
            .formatted(port));
    Path file = folder.resolve("real.yaml");
    Files.writeString(
        file,
        "bench: bench.yaml\nsteps: [{ expect: [{ slave: pump.run, equals: true, within: 1m }] }]");
    ExecutorService master = Executors.newSingleThreadExecutor();
    try {
      Future<CommandLineRun> run =
          master.submit(() -> CommandLineRun.of("simulate", file.toString(), "--real-time"));
      String to = "tcp://127.0.0.1:" + port;
      int code = -1;
      while (code != ExitCode.OK.code() && !run.isDone()) {
        code = CommandLineRun.of("write", to, "--unit", "2", "coil:0", "true").code();
      }

      assertEquals(ExitCode.OK.code(), run.get(1, TimeUnit.MINUTES).code());
    } finally {
      master.shutdownNow();
    }
  }

  @Test
  void aScenarioWithoutStepsIsTold() throws IOException {
    CommandLineRun run = run("end: 3s");

    assertEquals(ExitCode.CONFIGURATION.code(), run.code());
    assertTrue(run.err().contains("required key 'steps' is missing"), run.err());
  }

  @Test
  void optionsOfScenariosAreRefusedForABench() {
    CommandLineRun run =
        CommandLineRun.of("simulate", folder.resolve("bench.yaml").toString(), "--junit", "x.xml");

    assertEquals(ExitCode.USAGE.code(), run.code());
    assertTrue(run.err().contains("go with a scenario file"), run.err());
  }
}
