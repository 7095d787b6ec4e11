package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.SlaveFault;
import io.plantbus.master.account.TagAge;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.proof.Comparison;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.protocols.modbus.AddressRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How old tags get, as the master measures it by itself.
class MeasuredAgeTest {
  private final Bench bench = new Bench();

  private void run(int devices) {
    bench.line(Plants.rtu("rs485"));
    for (int unit = 1; unit <= devices; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
      bench.device(
          Plants.modbus("d" + unit, "rs485", unit, Plants.holding("t" + unit, 0, 100 * MS)));
    }
    bench.serveRtu();
    bench.start();
    bench.run(20 * SECOND);
  }

  private List<TagAge> ages(int unit) {
    return bench.health("d" + unit).usage().ages();
  }

  private Map<String, Long> ages() {
    Map<String, Long> ages = new HashMap<>();
    bench.master().devices().stream()
        .flatMap(device -> device.usage().ages().stream())
        .forEach(age -> ages.put(age.tag(), age.oldestNanos()));
    return ages;
  }

  @Test
  void aTagOfAQuietLineIsAsOldAsItsPeriodAndWithinTheProof() {
    run(2);
    long oldest = ages(1).getFirst().oldestNanos();
    assertTrue(oldest >= 100 * MS && oldest < 140 * MS, ages(1).toString());
    Comparison comparison =
        Comparison.of(PlanProof.of(bench.plant(), Observations.NONE), ages(), Map.of());
    assertEquals(2, comparison.tags().size());
    assertTrue(comparison.holds(), comparison.toString());
  }

  @Test
  void aDeviceThatAnswersMoreSlowlyThanAssumedExceedsTheProof() {
    run(1);
    bench.unit(1).fault(new SlaveFault.Late(180 * MS));
    bench.run(10 * SECOND);
    bench.repair(1);
    bench.run(10 * SECOND);
    assertTrue(ages(1).getFirst().oldestNanos() > 180 * MS, ages(1).toString());
    assertTrue(
        !Comparison.of(PlanProof.of(bench.plant(), Observations.NONE), ages(), Map.of()).holds());
  }

  @Test
  void theTimeInWhichADeviceIsDownIsNoAge() {
    run(2);
    long before = ages(2).getFirst().oldestNanos();
    bench.mute(2);
    bench.run(30 * SECOND);
    bench.repair(2);
    bench.run(60 * SECOND);
    assertTrue(ages(2).getFirst().oldestNanos() < before + 100 * MS, before + " became " + ages(2));
  }

  @Test
  void measuringBeginsAnewWithAnotherPlant() {
    run(2);
    bench.instead("d2").apply();
    bench.run(2 * SECOND);
    assertEquals(List.of("t1"), ages().keySet().stream().toList());
  }
}
