package io.plantbus.app.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.plantbus.app.apply.PlantSource;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.live.WallClock;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.Latency;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.LineUsage;
import io.plantbus.master.account.TagMisses;
import io.plantbus.master.account.Traffic;
import io.plantbus.master.account.Usage;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.load.Assumptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  private static final long MS = 1_000_000;
  private static final long MINUTE = 60_000 * MS;
  private static final LineTime TIME =
      new LineTime(
          MINUTE / 10, MINUTE / 10, MINUTE / 10, MINUTE / 5, MINUTE / 20, MINUTE / 20, 0, 0);
  private static final Traffic TRAFFIC = new Traffic(100, 80, 0, 12, 8, 8, 5, 0, 3, 1600, 1040);

  private static PlantVersion version(int number, String user) {
    Plant plant = new Plant("waterworks", List.of(), List.of(), List.of());
    return new PlantVersion(
        number,
        PlantSource.of("text", new PlantFile(plant, null, null, List.of())),
        new PlanProof(Assumptions.DEFAULT, List.of()),
        Instant.parse("2026-05-04T12:03:00Z"),
        user);
  }

  private static Snapshot snapshot() {
    return snapshot(version(1, ""));
  }

  private static Snapshot snapshot(PlantVersion version) {
    Usage pump = new Usage(TIME, TRAFFIC, MINUTE / 4, MINUTE / 2);
    Usage line =
        new Usage(
            new LineTime(
                TIME.payloadNanos(),
                TIME.overheadNanos(),
                TIME.silenceNanos(),
                TIME.turnaroundNanos(),
                TIME.timeoutNanos(),
                TIME.retryNanos(),
                MINUTE * 2 / 5,
                0),
            TRAFFIC,
            MINUTE / 4,
            MINUTE / 2);
    DeviceUsage usage =
        new DeviceUsage(
            "pump",
            "unit 2",
            pump,
            pump,
            new Latency(80, 180 * MS, 1_900 * MS, 2_500 * MS),
            new Latency(80, 40_000, 6_210_000, 65 * MS),
            true,
            -49 * 1000 * MS,
            List.of(new TagMisses("pump.speed", 3)),
            List.of());
    LineReport report =
        new LineReport(
            "rs485",
            "/dev/ttyUSB0, 19200 8E1",
            true,
            "",
            100,
            20,
            0,
            0,
            2,
            0.6,
            33.1,
            0,
            new LineUsage("rs485", line, line, List.of(usage)));
    DeviceReport device =
        new DeviceReport("pump", "rs485", Health.SUSPECT, "no answer", 100, 20, 0, usage);
    LineReport lost =
        new LineReport("net", "", false, "connection refused", 0, 0, 0, 0, 0, 0, 0, 0);
    return new Snapshot(
        "waterworks",
        42,
        83_000 * MS,
        new WallClock(0, Instant.parse("2026-05-04T12:04:00Z"), ZoneOffset.UTC),
        List.of(report, lost),
        List.of(device),
        version);
  }

  private static List<String> rows(int width, boolean total) {
    return new StatusTable(width, false, total)
        .rows(snapshot()).stream().map(String::stripTrailing).toList();
  }

  @Test
  void aPlantReadsLikeAPage() {
    assertEquals(
        """
        plant waterworks                                            process 42, up 00:01:23, the last minute

        rs485  /dev/ttyUSB0, 19200 8E1               60.0% taken · 33.1 tx/s · efficiency 42% · 2 reconnects
          ██████████▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░░xxxxxrrrrr······································
          █ payload 10.0%  ▓ overhead 10.0%  ▒ silence 10.0%  ░ turnaround 20.0%  x time-outs 5.0%
          r retries 5.0%  · idle 40.0%
          ! pump (unit 2) takes 60 % of rs485: it answers after 180 ms at the median.
          ! 10 % of rs485's time goes to time-outs of pump (unit 2), silent since 12:03:11.
          DEVICE         HEALTH     LINE   LOST   MEDIAN      P99      MAX  MISSED  T-OUT  CRC  RETRY
          pump (unit 2)  suspect   60.0%  10.0%   180 ms   1.90 s   2.50 s       3     12    8      5

        net                                                                            0.0% taken · 0.0 tx/s
          not open: connection refused\
        """
            .lines()
            .toList(),
        rows(100, false));
  }

  @Test
  void aPlantThatWasChangedTellsSinceWhenAndByWhom() {
    List<String> rows = new StatusTable(100, false, false).rows(snapshot(version(3, "alice")));
    assertEquals(
        "version 3 since 12:03:00, 982d9e3eb996, applied by alice", rows.get(1).stripTrailing());
    assertTrue(
        StatusJson.of(snapshot(version(3, "alice")))
            .contains(
                "\"version\":{\"number\":3,\"since\":\"2026-05-04T12:03:00Z\",\"file\":\"\""));
  }

  @Test
  void sinceTheStartHasItsOwnLatencies() {
    List<String> rows = rows(100, true);
    assertTrue(rows.getFirst().endsWith("since the start"));
    assertTrue(
        rows.stream().anyMatch(row -> row.matches(".* 40 µs +6\\.21 ms +65\\.0 ms .*")),
        rows.toString());
  }

  @Test
  void noRowIsWiderThanTheScreenAndSentencesAreWhole() {
    for (int width : new int[] {40, 60, 80, 120, 300}) {
      List<String> rows = rows(width, false);
      for (String row : rows) {
        assertTrue(row.length() <= width, width + ": " + row);
      }
      String all = String.join(" ", rows).replaceAll(" +", " ");
      assertTrue(all.contains("silent since 12:03:11."), all);
    }
  }

  @Test
  void jsonHasTheDocumentedKeysAndSharesThatAddUp() throws Exception {
    String json = StatusJson.of(snapshot());
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        parser.skipChildren();
      }
    }
    assertTrue(
        json.startsWith(
            "{\"plant\":\"waterworks\",\"pid\":42,\"time\":\"2026-05-04T12:04:00Z\",\"upSeconds\":83.0"),
        json);
    assertTrue(
        json.contains(
            "\"shares\":{\"payload\":0.1,\"overhead\":0.1,\"silence\":0.1,\"turnaround\":0.2,"
                + "\"timeouts\":0.05,\"retries\":0.05,\"idle\":0.4,\"closed\":0.0}"),
        json);
    assertTrue(json.contains("\"efficiency\":0.416667,\"transactions\":100,\"answers\":80"), json);
    assertTrue(json.contains("\"lastAnswer\":\"2026-05-04T12:03:11Z\""), json);
    assertTrue(
        json.contains(
            "\"recentLatencyMillis\":{\"count\":80,\"median\":180.0,\"p99\":1900.0,\"max\":2500.0}"),
        json);
    assertTrue(json.contains("\"missedByTag\":{\"pump.speed\":3}"), json);
    assertTrue(json.contains("\"trouble\":\"connection refused\""), json);
    assertFalse(json.contains("NaN"), json);
  }
}
