package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Comparison;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.Remedy;
import io.plantbus.master.proof.SilentCost;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.proof.Verdict;
import io.plantbus.master.proof.WriteBound;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.master.proof.load.Turnaround;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanProofTest {
  private static LineSpec rtu(int baud, long timeoutNanos) {
    return new LineSpec(
        "rs485",
        new Transport.Serial(
            "/dev/null",
            SerialFraming.RTU,
            SerialSettings.of(baud, "8E1"),
            EchoMode.NONE,
            0,
            100 * MS,
            SerialDriver.AUTO),
        timeoutNanos,
        1,
        100 * MS,
        5 * SECOND);
  }

  private static TagSpec[] tags(String device, int count, int apart, long periodNanos) {
    List<TagSpec> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(
          Plants.tag(
              device + ".t" + i,
              DataTable.INPUT_REGISTERS,
              i * apart,
              DataType.UINT16,
              periodNanos));
    }
    return tags.toArray(new TagSpec[0]);
  }

  private static LineProof prove(LineSpec line, DeviceSpec... devices) {
    return prove(Observations.NONE, line, devices);
  }

  private static LineProof prove(Observations seen, LineSpec line, DeviceSpec... devices) {
    Plant plant = new Plant("p", List.of(line), List.of(devices), List.of());
    return PlanProof.of(plant, seen).lines().getFirst();
  }

  private static Finding only(LineProof proof, Finding.Kind kind) {
    List<Finding> found =
        proof.findings().stream().filter(finding -> finding.kind() == kind).toList();
    assertEquals(1, found.size(), proof.findings()::toString);
    return found.getFirst();
  }

  private static String words(LineProof proof, Remedy.Kind kind) {
    return proof.remedies().stream()
        .filter(remedy -> remedy.kind() == kind)
        .map(Remedy::words)
        .findFirst()
        .orElse("none of " + proof.remedies());
  }

  private static String group(String words, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(words);
    assertTrue(matcher.find(), words);
    return matcher.group(1);
  }

  private static DeviceSpec[] devices(int count, int tags, int apart, long periodNanos) {
    DeviceSpec[] devices = new DeviceSpec[count];
    for (int unit = 1; unit <= count; unit++) {
      String name = "d" + unit;
      devices[unit - 1] = Plants.modbus(name, "rs485", unit, tags(name, tags, apart, periodNanos));
    }
    return devices;
  }

  @Test
  void onePollIsBoundedToTheCharacter() {
    LineProof proof = prove(rtu(19_200, SECOND), devices(1, 1, 1, SECOND));
    RtuTiming timing = new RtuTiming(19_200, 11);
    long answered = (8 + 7) * timing.characterNanos() + timing.interFrameNanos() + 5 * MS;

    assertEquals(Verdict.WORKS, proof.verdict());
    assertEquals(answered, proof.polls().getFirst().responseNanos());
    assertEquals(SECOND + answered, proof.tags().getFirst().ageNanos());
    double busy = (answered + timing.interFrameNanos()) / 1e9;
    assertEquals(busy, proof.utilisation().total(), 1e-9);
    assertEquals(busy, proof.utilisation().of(Priority.NORMAL), 1e-9);
    assertEquals(Turnaround.Source.ASSUMED, proof.turnarounds().getFirst().source());
    assertTrue(proof.writes().isEmpty(), "nothing can be written");
    assertTrue(proof.exact());
  }

  @Test
  void whatIsKnownOfADeviceIsUsedAndTheLongerIsBelieved() {
    DeviceSpec plain = devices(1, 1, 1, SECOND)[0];
    DeviceSpec stated =
        new DeviceSpec(
            plain.name(),
            plain.line(),
            plain.address(),
            plain.profile(),
            plain.options(),
            true,
            plain.tags(),
            30 * MS);
    Observations seen =
        new Observations(
            Map.of("d1", new DeviceObservations(10 * MS, 40 * MS, List.of(), Map.of())));
    LineSpec line = rtu(19_200, SECOND);

    assertEquals(
        new Turnaround("d1", 30 * MS, Turnaround.Source.STATED),
        prove(line, stated).turnarounds().getFirst());
    assertEquals(
        new Turnaround("d1", 40 * MS, Turnaround.Source.OBSERVED),
        prove(seen, line, plain).turnarounds().getFirst());
    LineProof both = prove(seen, line, stated);
    assertEquals(40 * MS, both.turnarounds().getFirst().nanos());
    assertEquals(
        "d1 took 40ms to answer; 30ms is stated, and 40ms is counted on",
        only(both, Finding.Kind.SLOWER_THAN_STATED).message());
  }

  @Test
  void tenThousandTagsAreTooMuchFor9600BaudAndWhatIsNotIsTold() {
    LineProof proof = prove(rtu(9600, SECOND), devices(10, 1000, 1, SECOND));

    assertEquals(Verdict.OVERLOADED, proof.verdict());
    String message = only(proof, Finding.Kind.OVERLOADED).message();
    assertTrue(message.contains("rs485 asks for 2516 %"), message);
    assertEquals(Long.MAX_VALUE, proof.tags().getFirst().ageNanos());
    assertTrue(words(proof, Remedy.Kind.BAUD).startsWith("none"), "115200 is not enough either");
    assertTrue(words(proof, Remedy.Kind.SPLIT).startsWith("none"), "four lines are not enough");
    long tenths =
        Math.round(
            10 * Double.parseDouble(group(words(proof, Remedy.Kind.PERIODS), "([0-9.]+) times")));
    long period = tenths * SECOND / 10;
    assertEquals(Verdict.WORKS, prove(rtu(9600, SECOND), devices(10, 1000, 1, period)).verdict());
    long shorter = (tenths - 1) * SECOND / 10;
    assertTrue(
        prove(rtu(9600, SECOND), devices(10, 1000, 1, shorter)).verdict().isRejected(),
        "it is the least that works");
  }

  @Test
  void theLeastSpeedThatWorksIsTold() {
    DeviceSpec[] devices = devices(4, 100, 1, 500 * MS);
    LineProof proof = prove(rtu(9600, SECOND), devices);
    assertEquals(Verdict.OVERLOADED, proof.verdict());
    int baud = Integer.parseInt(group(words(proof, Remedy.Kind.BAUD), "to (\\d+) baud"));
    assertEquals(38_400, baud);
    assertEquals(Verdict.WORKS, prove(rtu(baud, SECOND), devices).verdict());
    assertTrue(prove(rtu(19_200, SECOND), devices).verdict().isRejected());
  }

  @Test
  void theLineIsSplitIntoTwoThatWork() {
    DeviceSpec[] devices = devices(4, 30, 1, 300 * MS);
    LineProof proof = prove(rtu(9600, SECOND), devices);
    assertEquals(Verdict.OVERLOADED, proof.verdict());
    String moved = group(words(proof, Remedy.Kind.SPLIT), "split the line into 2: move (.*)");
    assertEquals("d2, d4", moved);
    assertEquals(Verdict.WORKS, prove(rtu(9600, SECOND), devices[1], devices[3]).verdict());
    assertEquals(Verdict.WORKS, prove(rtu(9600, SECOND), devices[0], devices[2]).verdict());
  }

  @Test
  void theTagsThatAskForTooMuchAreNamed() {
    DeviceSpec fast = Plants.modbus("fast", "rs485", 1, tags("fast", 60, 1, 150 * MS));
    DeviceSpec slow = Plants.modbus("slow", "rs485", 2, tags("slow", 20, 1, SECOND));
    LineProof proof = prove(rtu(9600, SECOND), fast, slow);
    assertEquals(Verdict.OVERLOADED, proof.verdict());
    String words = words(proof, Remedy.Kind.SOME_PERIODS);
    assertTrue(words.startsWith("read the 60 tags of every 150ms only every "), words);
    assertTrue(words.endsWith(": fast.t0, fast.t1, fast.t2 and 57 more"), words);
    long period = Long.parseLong(group(words, "only every (\\d+)ms")) * MS;
    DeviceSpec slower = Plants.modbus("fast", "rs485", 1, tags("fast", 60, 1, period));
    assertEquals(Verdict.WORKS, prove(rtu(9600, SECOND), slower, slow).verdict());
  }

  @Test
  void aPeriodBelowItsOwnTransactionIsTold() {
    LineProof proof = prove(rtu(9600, SECOND), devices(1, 50, 1, 50 * MS));
    assertTrue(proof.verdict().isRejected());
    Finding finding = only(proof, Finding.Kind.PERIOD_TOO_SHORT);
    assertEquals("d1.t0", finding.tags().getFirst());
    assertTrue(finding.message().contains("is asked for every 50ms"), finding.message());
  }

  @Test
  void aShortPeriodBesideALongRequestIsLate() {
    DeviceSpec fast = Plants.modbus("fast", "rs485", 1, tags("fast", 1, 1, 100 * MS));
    DeviceSpec slow = Plants.modbus("slow", "rs485", 2, tags("slow", 100, 1, 10 * SECOND));
    LineProof proof = prove(rtu(9600, SECOND), fast, slow);
    assertEquals(Verdict.LATE, proof.verdict());
    assertEquals(List.of("fast.t0"), only(proof, Finding.Kind.LATE).tags());
    TagBound worst = proof.worst();
    assertNotNull(worst);
    assertEquals("fast.t0", worst.tag().name());
  }

  @Test
  void aDeviceThatGivesOneRegisterAtOnceIsNamedAndWhatMoreWouldDo() {
    TagSpec[] tags = tags("d1", 60, 1, SECOND);
    DeviceSpec narrow = Plants.modbus("d1", "rs485", 1, new RequestLimits(1, 1, 1, 1), tags);
    LineProof proof = prove(rtu(9600, SECOND), narrow);
    assertEquals(Verdict.OVERLOADED, proof.verdict());
    assertEquals(
        "d1 gives 1 register at once, so that its 60 tags take 60 requests",
        only(proof, Finding.Kind.NARROW_DEVICE).message());
    String words = words(proof, Remedy.Kind.LIMITS);
    assertTrue(words.contains("1 request would do instead of 60"), words);
  }

  @Test
  void tagsThatNoRequestBringsAreNamed() {
    TagSpec wide = Plants.tag("d1.f", DataTable.INPUT_REGISTERS, 0, DataType.FLOAT32, SECOND);
    DeviceSpec narrow = Plants.modbus("d1", "rs485", 1, new RequestLimits(1, 1, 1, 1), wide);
    LineProof proof = prove(rtu(9600, SECOND), narrow);
    assertEquals(List.of("d1.f"), only(proof, Finding.Kind.UNREADABLE).tags());
  }

  @Test
  void overlappingTagsOfDifferentTypesAreNamedBoth() {
    TagSpec whole = Plants.tag("d1.a", DataTable.HOLDING_REGISTERS, 10, DataType.UINT16, SECOND);
    TagSpec real = Plants.tag("d1.b", DataTable.HOLDING_REGISTERS, 9, DataType.FLOAT32, SECOND);
    TagSpec same = Plants.tag("d1.c", DataTable.HOLDING_REGISTERS, 9, DataType.FLOAT32, SECOND);
    TagSpec other = Plants.tag("d1.d", DataTable.INPUT_REGISTERS, 10, DataType.UINT16, SECOND);
    LineProof proof =
        prove(rtu(9600, SECOND), Plants.modbus("d1", "rs485", 1, whole, real, same, other));
    Finding finding = only(proof, Finding.Kind.OVERLAP);
    assertEquals(List.of("d1.b", "d1.a"), finding.tags());
    assertFalse(finding.isRejection());
    assertEquals(Verdict.WORKS, proof.verdict());
  }

  @Test
  void aValueThatCountsAsOldTooSoonIsNamed() {
    TagSpec plain = tags("d1", 1, 1, SECOND)[0];
    TagSpec hasty =
        new TagSpec(plain.name(), plain.resource(), SECOND, Priority.NORMAL, SECOND + MS, null);
    LineProof proof = prove(rtu(9600, SECOND), Plants.modbus("d1", "rs485", 1, hasty));
    String message = only(proof, Finding.Kind.STALE_TOO_SOON).message();
    assertTrue(message.contains("write stale: 1.1s or more for d1.t0"), message);
  }

  @Test
  void theBackgroundMayStarveWithoutSpoilingThePlan() {
    TagSpec[] rest = tags("b", 100, 1, 100 * MS);
    for (int i = 0; i < rest.length; i++) {
      rest[i] = Plants.with(rest[i], Priority.BACKGROUND);
    }
    LineProof proof =
        prove(
            rtu(9600, SECOND),
            Plants.modbus("a", "rs485", 1, tags("a", 1, 1, SECOND)),
            Plants.modbus("b", "rs485", 2, rest));
    assertEquals(Verdict.WORKS, proof.verdict());
    only(proof, Finding.Kind.BACKGROUND_STARVES);
    assertTrue(proof.utilisation().total() > 1);
  }

  @Test
  void theCostOfSilentDevicesIsToldForOneTwoFourAndAll() {
    LineProof proof = prove(rtu(19_200, SECOND), devices(6, 4, 1, SECOND));
    assertEquals(List.of(1, 2, 4, 6), proof.silent().stream().map(SilentCost::devices).toList());
    for (SilentCost cost : proof.silent()) {
      assertTrue(cost.pauseNanos() > (cost.devices() + 1) * SECOND);
      assertEquals(0.05, cost.share());
      assertEquals(24, cost.later().lateTags(), "two time-outs take longer than the period");
    }
    only(proof, Finding.Kind.LATE_BESIDE_SILENT);
    long timeout = Long.parseLong(group(words(proof, Remedy.Kind.TIMEOUT), "(\\d+)ms or less"));
    LineProof quicker = prove(rtu(19_200, timeout * MS), devices(6, 4, 1, SECOND));
    assertEquals(0, quicker.silent().getFirst().later().lateTags());
    assertEquals(List.of(), quicker.findings());
    LineProof hardly = prove(rtu(19_200, (timeout + 1) * MS), devices(6, 4, 1, SECOND));
    assertTrue(hardly.silent().getFirst().later().lateTags() > 0, "it is the longest that works");
  }

  @Test
  void aWriteWaitsForOneTransactionAtMost() {
    DeviceSpec reads = Plants.modbus("a", "rs485", 1, tags("a", 100, 1, 10 * SECOND));
    DeviceSpec writes = Plants.modbus("b", "rs485", 2, Plants.holding("b.out", 0, 10 * SECOND));
    LineProof proof = prove(rtu(9600, SECOND), reads, writes);
    RtuTiming timing = new RtuTiming(9600, 11);
    long turnaround = timing.interFrameNanos() + 5 * MS;
    long write = 16 * timing.characterNanos() + turnaround;
    long underWay = proof.polls().getFirst().occupiedNanos();
    WriteBound safety = proof.writes().getFirst();

    assertEquals(Priority.SAFETY, safety.priority());
    assertEquals(underWay + write, safety.latencyNanos());
    assertEquals(
        16 * timing.characterNanos() + turnaround + 8 * timing.characterNanos() + 1050 * MS,
        safety.besideSilentNanos());
    assertEquals(safety.latencyNanos(), proof.writes().get(1).latencyNanos());
    assertTrue(proof.writes().getLast().latencyNanos() > safety.latencyNanos());
  }

  @Test
  void moreWritesAtOnceWaitForEachOther() {
    DeviceSpec device = Plants.modbus("b", "rs485", 2, Plants.holding("b.out", 0, SECOND));
    Plant plant = new Plant("p", List.of(rtu(9600, SECOND)), List.of(device), List.of());
    long one = latency(PlanProof.of(plant, Observations.NONE, new Assumptions(1, 1)));
    long three = latency(PlanProof.of(plant, Observations.NONE, new Assumptions(1, 3)));
    RtuTiming timing = new RtuTiming(9600, 11);
    long write = 16 * timing.characterNanos() + 2 * timing.interFrameNanos() + 5 * MS;
    assertEquals(2 * write, three - one);
    assertTrue(
        PlanProof.of(plant, Observations.NONE, new Assumptions(1000, 1)).isRejected(),
        "a thousand writes per second are too much");
  }

  private static long latency(PlanProof proof) {
    return proof.lines().getFirst().writes().getFirst().latencyNanos();
  }

  @Test
  void aWiderWindowIsToldWhereItHelps() {
    DeviceSpec[] devices = new DeviceSpec[6];
    for (int unit = 1; unit <= 6; unit++) {
      devices[unit - 1] =
          Plants.modbus("d" + unit, "net", unit, tags("d" + unit, 4, 400, 100 * MS));
    }
    LineProof proof = prove(Plants.tcp("net", 1), devices);
    assertEquals(Verdict.OVERLOADED, proof.verdict());
    int window =
        Integer.parseInt(group(words(proof, Remedy.Kind.WINDOW), "write window: (\\d+) instead"));
    LineProof wider = prove(Plants.tcp("net", window), devices);
    assertEquals(Verdict.WORKS, wider.verdict());
    assertFalse(wider.exact(), "several at once are bounded by their work");
  }

  @Test
  void nothingIsProvenOfI2c() {
    LineProof proof =
        prove(Plants.i2c("i2c"), Plants.i2cDevice("x", "i2c", 0x20, tags("x", 1, 1, SECOND)));
    assertEquals(Verdict.NOT_PROVEN, proof.verdict());
    assertFalse(proof.verdict().isRejected());
  }

  @Test
  void aTimeoutThatEndsBeforeTheAnswerIsRejected() {
    LineProof slow = prove(rtu(9600, 25 * MS), devices(1, 2, 1, SECOND));
    assertFalse(slow.verdict().isRejected());
    assertTrue(
        prove(rtu(9600, 10 * MS), devices(1, 2, 1, SECOND)).verdict().isRejected(),
        "nine characters alone take longer");
    LineProof wide = prove(rtu(9600, 200 * MS), devices(1, 125, 1, 2 * SECOND));
    assertEquals(
        "an answer of d1 takes 302ms to its end, and is given up after 200ms",
        only(wide, Finding.Kind.ANSWER_BEYOND_TIMEOUT).message());
    assertTrue(wide.verdict().isRejected());
    assertEquals("write timeout: 302ms or more", words(wide, Remedy.Kind.TIMEOUT));
    assertEquals(
        Verdict.WORKS, prove(rtu(9600, 302 * MS), devices(1, 125, 1, 2 * SECOND)).verdict());
    assertTrue(words(wide, Remedy.Kind.BAUD).contains("to 19200 baud"));
    assertTrue(words(wide, Remedy.Kind.PERIODS).startsWith("none"), "periods change nothing");
  }

  @Test
  void aDeviceThatMayBeSlowerThanItsTimeoutIsNamed() {
    LineProof proof = prove(rtu(9600, 15 * MS), devices(1, 1, 1, SECOND));
    Finding finding = only(proof, Finding.Kind.SLOWER_THAN_TIMEOUT);
    assertTrue(finding.message().contains("given up after 15ms"), finding.message());
    assertFalse(finding.isRejection());
  }

  @Test
  void devicesOutOfServiceAreNotCounted() {
    DeviceSpec[] devices = devices(2, 4, 1, SECOND);
    DeviceSpec off =
        new DeviceSpec(
            "d2",
            "rs485",
            devices[1].address(),
            devices[1].profile(),
            Map.of(),
            false,
            devices[1].tags());
    LineProof proof = prove(rtu(19_200, 100 * MS), devices[0], off);
    assertEquals(1, proof.polls().size());
    assertEquals(List.of(), proof.findings());
  }

  @Test
  void whatWasProvenStandsBesideWhatWasMeasured() {
    Plant plant =
        new Plant("p", List.of(rtu(19_200, SECOND)), List.of(devices(1, 2, 1, SECOND)), List.of());
    PlanProof proof = PlanProof.of(plant, Observations.NONE);
    Comparison well =
        Comparison.of(proof, Map.of("d1.t0", SECOND, "else", SECOND), Map.of("rs485", 0.01));
    assertEquals(1, well.tags().size());
    assertTrue(well.holds());
    assertFalse(Comparison.of(proof, Map.of("d1.t1", 3 * SECOND), Map.of()).holds());
    assertFalse(Comparison.of(proof, Map.of(), Map.of("rs485", 0.5)).holds());
  }
}
