package io.plantbus.app.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.audit.AuditSpec.Sync;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.protocols.modbus.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class AuditLogTest {
  @TempDir private Path folder = Path.of("");
  private final Disk disk = new Disk();

  private AuditLog open(Sync sync) throws IOException {
    return AuditLog.open(
        new AuditSpec(folder.resolve("audit.jsonl"), 1_000_000, 1, sync),
        "small",
        NanoClock.system(),
        disk::open);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("audit.jsonl"));
  }

  private static List<String> news(AuditLog log) {
    List<String> all = new ArrayList<>();
    for (String one = log.news(); one != null; one = log.news()) {
      all.add(one);
    }
    return all;
  }

  @Test
  void aWriteIsOnRecordFromWhoAskedToWhatWasReadBack() throws IOException {
    try (AuditLog log = open(Sync.GROUPED)) {
      log.asked(Written.intent(7), () -> {});
      log.stepped(Written.intent(7), Written.sent(7));
      log.stepped(Written.intent(7), Written.answered(7, new WriteOutcome.Acknowledged()));
      log.stepped(Written.intent(7), Written.confirmed(7));
    }
    String subject =
        "\"origin\":\"scada 10.0.0.7:50122 as Operator\",\"class\":\"control\",\"tag\":\"pump.speed\","
            + "\"line\":\"rs485\",\"device\":\"pump\",\"address\":\"unit 3 holding:100\","
            + "\"value\":12.5,\"raw\":\"0x007d\","
            + "\"before\":{\"value\":10.0,\"quality\":\"Good\",\"ageMillis\":2000}";
    List<String> lines = lines();
    String run = lines.getFirst().replaceAll(".*(\"run\":[0-9]+).*", "$1");
    assertTrue(lines.getFirst().endsWith("\"event\":\"start\",\"plant\":\"small\"}"));
    assertEquals(
        List.of(
            "{\"at\":\"2023-11-14T22:13:20.000007Z\",RUN,\"event\":\"asked\",\"id\":7,"
                + subject
                + ",\"ttlMillis\":2000}",
            "{\"at\":\"2023-11-14T22:13:20.100Z\",RUN,\"event\":\"sent\",\"id\":7}",
            "{\"at\":\"2023-11-14T22:13:20.150Z\",RUN,\"event\":\"acknowledged\",\"id\":7}",
            "{\"at\":\"2023-11-14T22:13:20.200Z\",RUN,\"event\":\"confirmed\",\"id\":7,\"last\":true,"
                + subject
                + ",\"after\":{\"value\":12.5,\"raw\":\"0x007d\"}}"),
        lines.stream().skip(1).map(each -> each.replace(run, "RUN")).toList());
  }

  @Test
  void aRefusalIsOnRecordWithItsExceptionAndReason() throws IOException {
    try (AuditLog log = open(Sync.GROUPED)) {
      log.stepped(
          Written.intent(1),
          Written.answered(1, new WriteOutcome.Refused(new Response.Refusal(4))));
    }
    String line = lines().getLast();
    assertTrue(line.contains("\"event\":\"refused\""), line);
    assertTrue(line.contains("\"exception\":4"), line);
    assertTrue(line.contains("refused by the device with exception 04"), line);
  }

  @Test
  void aWriteMayBeSentOnlyWhenItsRecordIsOnTheDiskIfThatIsWanted() throws Exception {
    try (AuditLog log = open(Sync.EACH)) {
      long before = disk.forcedBytes;
      AtomicLong forced = new AtomicLong();
      CountDownLatch recorded = new CountDownLatch(1);
      log.asked(
          Written.intent(1),
          () -> {
            forced.set(disk.forcedBytes);
            recorded.countDown();
          });
      assertTrue(recorded.await(10, TimeUnit.SECONDS));
      assertTrue(forced.get() > before, "it was forced before");
      assertEquals(Files.size(folder.resolve("audit.jsonl")), forced.get());
    }
  }

  @Test
  void otherwiseAWriteWaitsForNothing() throws IOException {
    try (AuditLog log = open(Sync.GROUPED)) {
      List<String> recorded = new ArrayList<>();
      log.asked(Written.intent(1), () -> recorded.add("at once"));
      assertEquals(List.of("at once"), recorded);
    }
  }

  @Test
  void aRecordIsForcedOntoTheDiskWithoutAnotherOneComing() throws Exception {
    try (AuditLog log = open(Sync.GROUPED)) {
      long before = disk.forcedBytes;
      log.asked(Written.intent(1), () -> {});
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (disk.forcedBytes == before && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      assertTrue(disk.forcedBytes > before);
      assertTrue(Files.readString(folder.resolve("audit.jsonl")).contains("\"asked\""));
    }
  }

  @Test
  void aFullDiskIsToldOnceCountedAndStopsNobody() throws Exception {
    try (AuditLog log = open(Sync.EACH)) {
      disk.room.set(20);
      for (int i = 1; i <= 5; i++) {
        CountDownLatch recorded = new CountDownLatch(1);
        log.asked(Written.intent(i), recorded::countDown);
        assertTrue(recorded.await(10, TimeUnit.SECONDS), "it goes on without a record");
      }
      assertEquals(5, log.lost());
      assertEquals(
          List.of(
              "audit: "
                  + folder.resolve("audit.jsonl")
                  + " cannot be written: No space left on device; writes go on without a record"),
          news(log));
      disk.room.set(1_000_000);
      CountDownLatch recorded = new CountDownLatch(1);
      log.asked(Written.intent(6), recorded::countDown);
      assertTrue(recorded.await(10, TimeUnit.SECONDS));
      assertEquals(
          List.of("audit: " + folder.resolve("audit.jsonl") + " is written again"), news(log));
    }
    List<String> lines = lines();
    assertTrue(lines.get(1).endsWith("\"event\":\"lost\",\"records\":5}"), lines.get(1));
    assertTrue(lines.get(2).contains("\"id\":6"));
  }

  @Test
  void aDiskThatCannotForceStopsNobodyEither() throws Exception {
    try (AuditLog log = open(Sync.EACH)) {
      disk.refusesToForce = true;
      CountDownLatch recorded = new CountDownLatch(1);
      log.asked(Written.intent(1), recorded::countDown);
      assertTrue(recorded.await(10, TimeUnit.SECONDS));
      assertTrue(news(log).getFirst().contains("Input/output error"));
      disk.refusesToForce = false;
    }
  }

  @Test
  void theNextRunSaysOfWhichWritesTheOutcomeIsMissing() throws IOException {
    try (AuditLog log = open(Sync.GROUPED)) {
      for (int id = 1; id <= 3; id++) {
        log.asked(Written.intent(id), () -> {});
      }
      log.stepped(Written.intent(2), Written.confirmed(2));
      assertNull(log.news());
    }
    String run = lines().getFirst().replaceAll(".*\"run\":([0-9]+).*", "$1");
    try (AuditLog log = open(Sync.GROUPED)) {
      assertEquals(
          List.of("audit: the run before ended before it knew what became of 2 writes"), news(log));
    }
    assertTrue(
        lines().getLast().endsWith("\"withoutOutcome\":[\"%s/1\",\"%s/3\"]}".formatted(run, run)),
        lines().getLast());
    try (AuditLog log = open(Sync.GROUPED)) {
      assertNull(log.news(), "it is told once");
    }
  }

  @Test
  void twoRunsCannotShareAFile() throws IOException {
    try (AuditLog log = open(Sync.GROUPED)) {
      IOException refused = assertThrows(IOException.class, () -> open(Sync.GROUPED));
      assertTrue(String.valueOf(refused.getMessage()).contains("written by another run already"));
      log.asked(Written.intent(1), () -> {});
    }
    assertTrue(lines().getLast().contains("\"asked\""));
    open(Sync.GROUPED).close();
  }

  @Test
  void whatComesAfterTheEndIsCountedAsLost() throws IOException {
    AuditLog log = open(Sync.EACH);
    log.close();
    List<String> recorded = new ArrayList<>();
    log.asked(Written.intent(1), () -> recorded.add("sent"));
    assertEquals(List.of("sent"), recorded);
    assertEquals(1, log.lost());
    assertFalse(lines().getLast().contains("asked"));
  }
}
