package io.plantbus.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.VirtualPlantPorts;
import io.plantbus.hal.PortException;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.ChunkReader;
import io.plantbus.master.trace.LineTap;
import io.plantbus.protocols.capture.LineRecorder;
import io.plantbus.protocols.capture.PcapngWriter;
import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.capture.traffic.TrafficReader;
import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.TraceText;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plant of the demo, recorded by the rings of its lines; what was recorded, turned into
/// slaves; and the plant again, with these for its devices. All of it in virtual time.
class RecordReplayTwinTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_800_000_000L * SECOND;
  private static final long RECORDED = 30 * SECOND;

  @TempDir private Path folder = Path.of("");
  private Path capture = Path.of("");
  private Path twin = Path.of("");

  @BeforeEach
  void record() throws IOException, PortException {
    capture = folder.resolve("plant.pcapng");
    twin = folder.resolve("bench.yaml");
    run(BenchDocument.pumpStation(), capture);
    CommandLineRun made = CommandLineRun.of("twin", capture.toString(), "-o", twin.toString());
    assertEquals(0, made.code(), made.err());
    assertTrue(made.out().contains("rs485 unit 3: "), made.out());
  }

  /// Runs the plant on a bench and captures what its lines have kept at the end.
  private static void run(Bench bench, Path into) throws IOException, PortException {
    BusSimulation simulation = new BusSimulation(5, Transcript.silent());
    VirtualPorts media = new VirtualPorts(simulation);
    RunningBench running = RunningBench.start(bench, simulation, media);
    BusMaster master =
        RunningMaster.start(
            plant().plant(),
            new VirtualPlantPorts(simulation, media, running),
            DriverShelf::driver);
    simulation.runFor(RECORDED);
    try (WritableByteChannel file =
        Files.newByteChannel(into, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PcapngWriter writer = new PcapngWriter(file::write, "test", "");
      for (LineTap tap : master.taps()) {
        Recorder recorder = new Recorder(writer, tap);
        assertTrue(tap.listen(true).read(recorder, Integer.MAX_VALUE) > 100);
        assertEquals(0, recorder.missed);
        recorder.recorder.close(EPOCH + simulation.nowNanos());
      }
    }
  }

  private static final class Recorder implements ChunkReader {
    final LineRecorder recorder;
    long missed;

    Recorder(PcapngWriter writer, LineTap tap) throws IOException {
      recorder =
          new LineRecorder(
              writer,
              tap.line().name().length(),
              tap.line().name(),
              tap.line().endpoint(),
              tap.line().settings(),
              TraceText.ALL_UNITS,
              true);
    }

    @Override
    public void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
      try {
        switch (kind) {
          case SENT -> recorder.heard(Channel.FROM_CLIENT, bytes, offset, length, EPOCH + nanos);
          case RECEIVED ->
              recorder.heard(Channel.FROM_SERVER, bytes, offset, length, EPOCH + nanos);
          case OPENED, LOST -> recorder.interrupted(EPOCH + nanos);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void missed(long chunks) {
      missed += chunks;
    }
  }

  private static PlantFile plant() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(
            PlantFile.class.getResourceAsStream("/io/plantbus/app/demo/pump-station.yaml"))) {
      return PlantFile.parse(
              "pump-station.yaml",
              new String(text.readAllBytes(), StandardCharsets.UTF_8),
              _ -> null)
          .valueOrThrow();
    }
  }

  private static CapturedTraffic traffic(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return TrafficReader.read(in);
    }
  }

  private static List<String> requests(CapturedTraffic traffic, String line) {
    return traffic.exchanges().stream()
        .filter(each -> each.server().name().equals(line))
        .map(RecordReplayTwinTest::text)
        .toList();
  }

  private static String text(CapturedExchange exchange) {
    return exchange.unit() + " " + exchange.request();
  }

  @Test
  void theMasterAsksItsTwinTheSameInTheSameOrder() throws IOException, PortException {
    Bench recorded = BenchFile.read(twin, null, _ -> null).valueOrThrow();
    List<BenchLine> lines = new ArrayList<>(recorded.lines());
    Bench original = BenchDocument.pumpStation();
    original.lines().stream().filter(BenchLine.I2c.class::isInstance).forEach(lines::add);
    Bench twins = new Bench("twins", 9, lines, BenchProcess.NONE, List.of(), original.origins());
    Path again = folder.resolve("again.pcapng");

    run(twins, again);

    for (String line : List.of("rs485", "tcp")) {
      List<String> before = requests(traffic(capture), line);
      List<String> now = requests(traffic(again), line);
      int common = Math.min(before.size(), now.size());
      assertTrue(common > 200 && Math.abs(before.size() - now.size()) < 5, line + " " + common);
      assertEquals(before.subList(0, common), now.subList(0, common), line);
    }
  }

  @Test
  void theTwinAnswersTheRequestsOfTheCaptureAsItsOriginalsDid() throws IOException {
    CommandLineRun same =
        CommandLineRun.of("replay", capture.toString(), "--against", twin.toString());
    assertEquals(0, same.code(), same.out() + same.err());
    assertTrue(same.out().contains(" 0 different, 0 skipped"), same.out());

    Path changed = folder.resolve("bench-rs485-1.twin");
    Files.writeString(
        changed, Files.readString(changed).replaceFirst("(?m)^at ([0-9.]+) input .*$", ""));
    Path stranger = folder.resolve("stranger.yaml");
    Files.writeString(stranger, Files.readString(twin).replaceFirst("(?m)^      4:", "      44:"));
    CommandLineRun different =
        CommandLineRun.of("replay", capture.toString(), "--against", stranger.toString(), "--json");
    CommandLineRun values =
        CommandLineRun.of(
            "replay", capture.toString(), "--against", twin.toString(), "--values", "ignore");

    assertEquals(1, different.code());
    assertTrue(different.out().contains("\"unit\":4,\"request\":\"read "), different.out());
    assertTrue(different.out().contains("\"kind\":\"silence\""), different.out());
    assertEquals(0, values.code(), values.out());
  }

  @Test
  void whatCannotBeUsedIsToldInWords() throws IOException {
    Path text = folder.resolve("notes.txt");
    Files.writeString(text, "no capture at all");
    CommandLineRun foreign = CommandLineRun.of("twin", text.toString(), "-o", twin.toString());
    CommandLineRun missing =
        CommandLineRun.of("twin", folder.resolve("x").toString(), "-o", twin.toString());
    CommandLineRun several =
        CommandLineRun.of("replay", capture.toString(), "--against", "tcp://127.0.0.1:1");
    CommandLineRun unknown =
        CommandLineRun.of(
            "replay", capture.toString(), "--against", "tcp://127.0.0.1:1", "--server", "net");
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, Files.readString(twin).replaceFirst("rs485-1.twin", "rs485-9.twin"));
    CommandLineRun bench =
        CommandLineRun.of("replay", capture.toString(), "--against", broken.toString());

    assertEquals(3, foreign.code());
    assertTrue(foreign.err().contains("this is no pcapng capture"), foreign.err());
    assertEquals(3, missing.code());
    assertEquals(2, several.code());
    assertTrue(several.err().contains("choose one with --server"), several.err());
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("there are: "), unknown.err());
    assertEquals(3, bench.code());
    assertTrue(bench.err().contains("there is no file "), bench.err());
  }
}
