package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static io.plantbus.master.Proofs.devices;
import static io.plantbus.master.Proofs.group;
import static io.plantbus.master.Proofs.only;
import static io.plantbus.master.Proofs.prove;
import static io.plantbus.master.Proofs.rtu;
import static io.plantbus.master.Proofs.tags;
import static io.plantbus.master.Proofs.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Comparison;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.Remedy;
import io.plantbus.master.proof.SilentCost;
import io.plantbus.master.proof.Verdict;
import io.plantbus.master.proof.WriteBound;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.master.proof.load.Turnaround;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanProofTest {
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
