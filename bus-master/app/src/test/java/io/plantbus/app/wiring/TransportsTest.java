package io.plantbus.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.BusMaster;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.protocols.modbus.DataTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way to carry Modbus, from the command line and from a plant file to a slave on this
/// machine.
@Timeout(60)
class TransportsTest {
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void makeCertificates() throws Exception {
    if (Certificates.unavailable() == null) {
      Certificates.make(folder);
    }
  }

  private static void requireCertificates() {
    String obstacle = Certificates.unavailable();
    Assumptions.assumeTrue(obstacle == null, obstacle);
  }

  private static ServedSlave serve(ServedSlave.Kind kind) throws Exception {
    if (kind == ServedSlave.Kind.TLS) {
      requireCertificates();
    }
    return new ServedSlave(kind, folder);
  }

  @ParameterizedTest
  @EnumSource
  void aDeviceIsReadFromTheCommandLine(ServedSlave.Kind kind) throws Exception {
    try (ServedSlave slave = serve(kind)) {
      CommandLineRun run =
          CommandLineRun.of(
              "read", slave.endpoint(), "-a", "17", "holding:0", "--timeout", "5s", "--json");

      assertEquals("", run.err());
      assertTrue(run.out().contains("" + ServedSlave.VALUE), run.out());
      assertEquals(0, run.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlantPollsAndWritesItsDevice(ServedSlave.Kind kind) throws Exception {
    try (ServedSlave slave = serve(kind);
        Adapters adapters = new Adapters(NanoClock.system())) {
      Path file = folder.resolve(kind + ".yaml");
      Files.writeString(file, plant(slave.line()));
      BusMaster master =
          RunningMaster.start(
              PlantFile.read(file, _ -> null).valueOrThrow().plant(),
              new HardwarePorts(adapters),
              DriverShelf::driver);
      try {
        awaitGood(master, adapters.clock());
        CompletableFuture<WriteOutcome> written = new CompletableFuture<>();
        master.write(
            new WriteCommand("plc.out", TagValue.of(42), "test", TimeUnit.SECONDS.toNanos(10)),
            written::complete);
        assertInstanceOf(WriteOutcome.Acknowledged.class, written.get(20, TimeUnit.SECONDS));
        assertEquals(42, slave.bank.register(DataTable.HOLDING_REGISTERS, 1));
      } finally {
        master.stop(1_000_000_000L);
      }
    }
  }

  private static String plant(String line) {
    return """
        lines: {line: {%s, timeout: 5s}}
        devices:
          plc:
            line: line
            unit: 17
            poll: 100ms
            stale: 30s
            tags:
              in: {address: "holding:0"}
              out: {address: "holding:1", access: read-write}
        """
        .formatted(line);
  }

  private static void awaitGood(BusMaster master, NanoClock clock) throws InterruptedException {
    Semaphore samples = new Semaphore(0);
    master.image().onSample((_, _) -> samples.release());
    while (!sample(master, clock).quality().isGood()) {
      assertTrue(samples.tryAcquire(20, TimeUnit.SECONDS), () -> master.lines().toString());
    }
    assertEquals(TagValue.of(ServedSlave.VALUE), sample(master, clock).value());
  }

  private static TagSample sample(BusMaster master, NanoClock clock) {
    return Objects.requireNonNull(master.image().sample("plc.in", clock.nanoTime()));
  }

  @Test
  void aCertificateThatIsNoneIsToldInOneLine() throws Exception {
    requireCertificates();
    Path broken = Files.writeString(folder.resolve("broken.pem"), "nothing of use\n");
    try (ServedSlave slave = serve(ServedSlave.Kind.TLS)) {
      CommandLineRun run =
          CommandLineRun.of(
              "read", slave.endpoint().replace("client.pem", "broken.pem"), "-a", "17", "40001");

      assertEquals(4, run.code());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("the certificate file " + broken), run.err());
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
    requireCertificates();
    Path other = Files.createDirectory(folder.resolve("other"));
    Certificates.make(other);
    try (ServedSlave slave = serve(ServedSlave.Kind.TLS)) {
      String trusting =
          slave
              .endpoint()
              .replace("trust=" + folder.resolve("ca.pem"), "trust=" + other.resolve("ca.pem"));

      CommandLineRun run = CommandLineRun.of("read", trusting, "-a", "17", "40001");

      assertEquals(4, run.code(), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }
}
