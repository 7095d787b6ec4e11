package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final String PLANT =
      """
      plant: small
      lines:
        rs485: {rtu: /dev/ttyNone7, timeout: 100ms}
        net: {tcp: no-such-host.invalid}
        cabinet: {i2c: /dev/i2c-77}
      devices:
        tank: {line: rs485, unit: 1, profile: tank-level-transmitter, poll: 100ms, only: [level]}
        pump: {line: net, unit: 1, profile: pump-drive, poll: 100ms, only: [run]}
        climate: {line: cabinet, address: 0x44, profile: cabinet-climate, poll: 100ms}
      safe-state: {pump.run: false}
      """;

  @TempDir private Path folder = Path.of("");

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file;
  }

  @Test
  void simulatedSlavesStandBehindEveryLineOfTheSameFile() throws IOException {
    String plant = write("plant.yaml", PLANT).toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--simulate", "--for", "1500ms");

    assertEquals(0, run.code(), run.err() + run.out());
    assertTrue(run.out().matches("(?s).*tank.level +2.500 m +Good .*"), run.out());
    assertTrue(run.out().matches("(?s).*pump.run +off +Good .*"), run.out());
    assertTrue(run.out().matches("(?s).*climate.temperature +[0-9.]+ °C +Good .*"), run.out());
    assertTrue(run.out().contains("1 output acknowledged the safe state"), run.out());
  }

  @Test
  void everyTransportCanBeSimulatedAndTlsIsLeftOut() throws IOException {
    String plant =
        write(
                "plant.yaml",
                """
                lines:
                  datagrams: {udp: no-such-host.invalid}
                  secured: {tls: no-such-host.invalid, certificate: a.pem, key: a.key, trust: c.pem}
                  tunnel: {rtu-over-tcp: no-such-host.invalid}
                  hex: {ascii-over-tcp: no-such-host.invalid}
                devices:
                  one: {line: datagrams, unit: 1, profile: pump-drive, poll: 100ms, only: [run]}
                  two: {line: secured, unit: 1, profile: pump-drive, poll: 100ms, only: [run]}
                  three: {line: tunnel, unit: 1, profile: pump-drive, poll: 100ms, only: [run]}
                  four: {line: hex, unit: 1, profile: pump-drive, poll: 100ms, only: [run]}
                """)
            .toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--simulate", "--for", "1500ms");

    assertEquals(0, run.code(), run.err() + run.out());
    for (String device : new String[] {"one", "two", "three", "four"}) {
      assertTrue(run.out().matches("(?s).*" + device + ".run +off +Good .*"), run.out());
    }
    assertEquals(
        1, run.out().lines().filter(line -> line.contains("without TLS")).count(), run.out());
    assertTrue(run.out().contains("without its certificates: line secured\n"), run.out());
  }

  @Test
  void writesAreKeptOnRecordWhereThePlantAsksForIt() throws IOException {
    String plant = write("plant.yaml", PLANT + "audit: {file: writes.jsonl}\n").toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--simulate", "--for", "1s");

    assertEquals(0, run.code(), run.err() + run.out());
    assertFalse(Files.exists(folder.resolve("writes.jsonl")), "no real device was written");
    String record = Files.readString(folder.resolve("writes.jsonl.simulated"));
    assertTrue(record.contains("\"event\":\"start\",\"plant\":\"small\""), record);
    assertTrue(
        record.matches("(?s).*\"event\":\"confirmed\"[^\n]*\"origin\":\"safe state\".*"), record);
  }

  @Test
  void aRecordThatCannotBeKeptIsToldBeforeAnythingRuns() throws IOException {
    String plant = write("plant.yaml", PLANT + "audit: {file: none/writes.jsonl}\n").toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--simulate", "--for", "1s");

    assertTrue(run.code() != 0);
    assertTrue(run.err().contains("writes.jsonl.simulated cannot be written"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void missingHardwareIsAQualityAndAReasonNotATrace() throws IOException {
    String plant = write("plant.yaml", PLANT).toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--for", "1s");

    assertEquals(ExitCode.DEVICE.code(), run.code(), run.out());
    assertTrue(run.out().contains("/dev/ttyNone7"), run.out());
    assertTrue(run.out().contains("no-such-host.invalid"), run.out());
    assertTrue(run.out().contains("/dev/i2c-77"), run.out());
    assertTrue(run.out().matches("(?s).*tank.level +– m +Bad_.*"), run.out());
    assertTrue(run.out().contains("pump.run"), run.out());
    assertFalse(run.out().contains("Exception"), run.out());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void anI2cAddressThatNobodyAcknowledgesIsAQualityAndTheOthersGoOn() throws IOException {
    String plant =
        write(
                "plant.yaml",
                """
                lines: {cabinet: {i2c: /dev/i2c-77}}
                devices:
                  climate: {line: cabinet, address: 0x44, profile: cabinet-climate, poll: 100ms}
                  other: {line: cabinet, address: 0x45, profile: cabinet-climate, poll: 100ms}
                """)
            .toString();
    String bench =
        write(
                "bench.yaml",
                "lines: {cabinet: {type: i2c, targets: {0x44: {profile: cabinet-climate}}}}\n")
            .toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--bench", bench, "--for", "1s");

    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("(?s).*climate.temperature +[0-9.]+ °C +Good .*"), run.out());
    assertTrue(
        run.out().matches("(?s).*other.temperature +– °C +Bad_NoCommunication .*"), run.out());
  }

  @Test
  void jsonLinesHoldEverySampleWithItsQuality() throws IOException {
    String plant = write("plant.yaml", PLANT).toString();

    CommandLineRun run = CommandLineRun.of("run", plant, "--simulate", "--for", "1s", "--json");

    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().lines().allMatch(line -> line.matches("\\{.*}")), run.out());
    assertTrue(
        run.out()
            .contains("{\"tag\":\"tank.level\",\"value\":2.5,\"unit\":\"m\",\"quality\":\"Good\""),
        run.out());
  }

  @Test
  void aWrongFileIsToldBeforeAnythingRuns() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("run", write("plant.yaml", "lines: {a: {tpc: x}}\n").toString());

    assertEquals(ExitCode.CONFIGURATION.code(), run.code());
    assertTrue(run.err().startsWith("plantbus run: 2 mistakes"), run.err());
    assertTrue(run.err().contains("did you mean 'tcp' by 'tpc'?"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aMissingFileIsTold() {
    CommandLineRun run = CommandLineRun.of("check", folder.resolve("none.yaml").toString());

    assertEquals(ExitCode.CONFIGURATION.code(), run.code());
    assertTrue(run.err().contains("there is no such file"), run.err());
  }

  @Test
  void checkTellsWhatWillBeAskedOfWhom() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", write("plant.yaml", PLANT).toString());

    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertTrue(
        run.out()
            .contains("line rs485: rtu:/dev/ttyNone7?baud=19200&format=8E1, 10.0 requests per"),
        run.out());
    assertTrue(run.out().contains("input:0..1 every 100ms: level"), run.out());
  }

  @Test
  void theDemonstrationsPlantRunsOnAllThreeBuses() throws IOException {
    String plant =
        text("/io/plantbus/app/demo/pump-station.yaml").replaceAll("port: 1\\d+", "port: 0");

    CommandLineRun run =
        CommandLineRun.of(
            "run",
            write("plant.yaml", plant).toString(),
            "--bench",
            write("bench.yaml", BenchDocument.pumpStationText()).toString(),
            "--for",
            "2s");

    assertEquals(0, run.code(), run.err() + run.out());
    for (String tag :
        new String[] {"tank.level", "valve.position", "analyzer.ph", "climate.humidity"}) {
      assertTrue(run.out().matches("(?s).*" + tag + " +[0-9.]+ \\S+ +Good .*"), run.out());
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream = PlantFile.class.getResourceAsStream(resource)) {
      assertNotNull(stream);
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
