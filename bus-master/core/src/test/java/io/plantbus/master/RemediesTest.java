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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.Remedy;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.proof.Verdict;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
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
}
