package io.plantbus.master.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Snapshots made up of a minute, and what is said of them.
class CulpritsTest {
  private static final long MS = 1_000_000;
  private static final long MINUTE = 60_000 * MS;

  private final List<DeviceUsage> devices = new ArrayList<>();
  private long closedNanos;

  /// What a device took, in thousandths of the minute.
  private static LineTime time(long payload, long overhead, long turnaround, long timeouts) {
    long each = MINUTE / 1000;
    return new LineTime(
        payload * each, overhead * each, 0, turnaround * each, timeouts * each, 0, 0, 0);
  }

  private static Traffic traffic(long answers, long refusals, long timeouts, long checksums) {
    return new Traffic(
        answers + refusals + timeouts + checksums,
        answers,
        refusals,
        timeouts,
        checksums,
        checksums,
        0,
        0,
        0,
        20 * answers,
        13 * answers);
  }

  private void device(String name, LineTime time, Traffic traffic, long medianMillis) {
    device(name, time, traffic, medianMillis, false, 0);
  }

  private void device(
      String name,
      LineTime time,
      Traffic traffic,
      long medianMillis,
      boolean silent,
      long lastAnswerNanos) {
    Usage usage = new Usage(time, traffic, time.takenNanos(), time.usefulNanos());
    add(name, usage, medianMillis, silent, lastAnswerNanos);
  }

  private void add(String name, Usage usage, long median, boolean silent, long lastAnswerNanos) {
    Latency latency = new Latency(median == 0 ? 0 : 100, median * MS, median * MS, median * MS);
    devices.add(
        new DeviceUsage(
            name,
            "unit " + (devices.size() + 1),
            usage,
            usage,
            latency,
            latency,
            silent,
            lastAnswerNanos,
            List.of(),
            List.of()));
  }

  private List<String> told() {
    return culprits().stream().map(Culprit::sentence).toList();
  }

  private List<Culprit> culprits() {
    Usage line = Usage.NONE;
    for (DeviceUsage device : devices) {
      line = line.plus(device.recent());
    }
    long idle = MINUTE - closedNanos - line.time().takenNanos();
    Usage rest =
        new Usage(
            new LineTime(0, 0, 0, 0, 0, 0, Math.max(0, idle), closedNanos), Traffic.NONE, 0, 0);
    line = line.plus(rest);
    return Culprits.of(new LineUsage("rs485", line, line, devices), nanos -> "12:03:11");
  }

  @Test
  void aSlowDeviceIsComparedWithTheOthers() {
    device("tank", time(10, 10, 10, 0), traffic(100, 0, 0, 0), 6);
    device("pump", time(10, 10, 390, 0), traffic(100, 0, 0, 0), 180);
    device("meter", time(10, 10, 10, 0), traffic(100, 0, 0, 0), 5);
    assertEquals(
        List.of(
            "pump (unit 2) takes 41 % of rs485: it answers after 180 ms at the median; the others"
                + " after 6.0 ms"),
        told());
  }

  @Test
  void aSlowDeviceThatTakesLittleIsNoCulprit() {
    device("tank", time(10, 10, 10, 0), traffic(100, 0, 0, 0), 6);
    device("pump", time(1, 1, 90, 0), traffic(10, 0, 0, 0), 180);
    assertEquals(List.of(), told());
  }

  @Test
  void aDeviceOnItsOwnIsSlowByItself() {
    device("pump", time(10, 10, 800, 0), traffic(100, 0, 0, 0), 180);
    assertEquals(
        List.of("pump (unit 1) takes 82 % of rs485: it answers after 180 ms at the median"),
        told());
  }

  @Test
  void aSilentDeviceSaysSinceWhen() {
    device("tank", time(10, 10, 10, 0), traffic(100, 0, 0, 0), 6);
    device("drive", time(0, 0, 0, 50), traffic(0, 0, 20, 0), 0, true, 5);
    assertEquals(
        List.of("5 % of rs485's time goes to time-outs of drive (unit 2), silent since 12:03:11"),
        told());
  }

  @Test
  void aDeviceThatNeverAnsweredSaysSo() {
    device("drive", time(0, 0, 0, 50), traffic(0, 0, 20, 0), 0, true, DeviceUsage.NEVER);
    assertEquals(
        List.of("5 % of rs485's time goes to time-outs of drive (unit 1), which never answered"),
        told());
  }

  @Test
  void severalSilentDevicesShareASentence() {
    for (int i = 0; i < 10; i++) {
      device("d" + i, time(0, 0, 0, 5 + i % 7), traffic(0, 0, 2, 0), 0, true, 5);
    }
    assertEquals(
        List.of("7 % of rs485's time goes to time-outs of d6 (unit 7) and 9 other silent devices"),
        told());
  }

  @Test
  void aDeviceThatAnswersNowAndThenSaysHowOftenNot() {
    device("drive", time(10, 10, 10, 30), traffic(88, 0, 12, 0), 6);
    assertEquals(
        List.of(
            "3 % of rs485's time goes to time-outs of drive (unit 1), which left 12 of 100 requests"
                + " without an answer"),
        told());
  }

  @Test
  void badChecksumsAreCountedAmongAnswersHoweverLittleTimeTheyTake() {
    device("meter", time(10, 10, 10, 2), traffic(88, 0, 0, 12), 6);
    assertEquals(
        List.of(
            "12 of 100 answers from meter (unit 1) have a bad checksum: check wiring and"
                + " termination"),
        told());
  }

  @Test
  void lateAnswersAskForALongerTimeOut() {
    Traffic late = new Traffic(100, 80, 0, 20, 0, 0, 0, 18, 0, 1600, 1040);
    LineTime time = time(10, 10, 10, 200);
    add("drive", new Usage(time, late, 0, time.usefulNanos()), 6, false, 5);
    assertEquals(
        List.of(
            "drive (unit 1) answered 18 of 100 requests after their time-out: give rs485 a longer"
                + " one"),
        told());
  }

  @Test
  void aDeviceThatIsAlwaysLateIsNotCalledSilent() {
    Traffic late = new Traffic(20, 0, 0, 20, 0, 0, 0, 20, 0, 0, 0);
    add("drive", new Usage(time(0, 0, 0, 200), late, 0, 0), 0, true, DeviceUsage.NEVER);
    assertEquals(
        List.of(
            "drive (unit 1) answered 20 of 20 requests after their time-out: give rs485 a longer one"),
        told());
  }

  @Test
  void aDeviceOnItsOwnMayTakeAThirdOfItsLine() {
    device("pump", time(10, 10, 330, 0), traffic(100, 0, 0, 0), 180);
    assertEquals(List.of(), told());
  }

  @Test
  void moreThanTheLineHasIsAskedOfIt() {
    LineTime time = time(500, 300, 200, 0);
    Traffic missing = new Traffic(1000, 1000, 0, 0, 0, 0, 0, 0, 300, 20_000, 13_000);
    add("plc", new Usage(time, missing, time.takenNanos(), MINUTE * 13 / 10), 6, false, 5);
    assertEquals(List.of("the polls alone need 130 % of rs485: see `plantbus check`"), told());
  }

  @Test
  void aDeviceThatRefusesSaysWhatToCheck() {
    device("climate", time(100, 100, 100, 0), traffic(60, 40, 0, 0), 6);
    assertEquals(List.of("climate (unit 1) refuses 40 of 100 requests: check its profile"), told());
  }

  @Test
  void manyShortRequestsAreTold() {
    LineTime time = time(50, 600, 50, 0);
    Usage usage = new Usage(time, traffic(1000, 0, 0, 0), MINUTE / 10, time.usefulNanos());
    add("plc", usage, 6, false, 5);
    assertEquals(
        List.of("frames and silence take 60 % of rs485: its requests bring 20 bytes each"), told());
  }

  @Test
  void aLineThatIsNotOpenIsTold() {
    closedNanos = MINUTE / 4;
    assertEquals(List.of("rs485 was not open for 25 % of the time"), told());
  }

  @Test
  void theWorstComesFirstAndNoMoreThanThreeAreNamed() {
    closedNanos = MINUTE / 50;
    device("tank", time(10, 10, 10, 0), traffic(100, 0, 0, 0), 6);
    device("drive", time(0, 0, 0, 50), traffic(0, 0, 20, 0), 0, true, 5);
    device("pump", time(10, 10, 390, 0), traffic(100, 0, 0, 0), 180);
    device("meter", time(10, 10, 10, 2), traffic(88, 0, 0, 12), 6);
    List<Culprit> culprits = culprits();
    assertEquals(3, culprits.size());
    assertTrue(culprits.get(0).sentence().startsWith("pump (unit 3) takes 41 %"));
    assertTrue(culprits.get(1).sentence().startsWith("5 % of rs485's time goes to time-outs"));
    assertTrue(culprits.get(2).sentence().startsWith("rs485 was not open for 2 %"));
    assertEquals(0.05, culprits.get(1).lostShare(), 1e-9);
  }

  @Test
  void aLineThatDoesItsWorkHasNoCulprit() {
    IntStream.range(0, 5)
        .forEach(i -> device("d" + i, time(40, 40, 20, 0), traffic(100, 0, 0, 0), 6 + i));
    assertEquals(List.of(), told());
  }
}
