package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.change.Difference;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApplyTest {
  private final Bench bench = new Bench();

  private static DeviceSpec device(int unit, long periodNanos) {
    return Plants.modbus("d" + unit, "rs485", unit, Plants.holding("t" + unit, 0, periodNanos));
  }

  private Bench running(int devices) {
    for (int unit = 1; unit <= 4; unit++) {
      bench.slave(unit, new AddressRange(0, 10));
    }
    for (int unit = 1; unit <= devices; unit++) {
      bench.device(device(unit, 100 * MS));
    }
    bench.serveRtu();
    bench.line(Plants.rtu("rs485")).start();
    bench.run(5 * SECOND);
    return bench;
  }

  private List<Long> times(int unit, long since) {
    return bench.seen(unit).stream().map(Bench.Seen::nanos).filter(nanos -> nanos > since).toList();
  }

  private long longestGap(int unit, long since) {
    List<Long> times = times(unit, since);
    long longest = times.getFirst() - since;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest;
  }

  @Test
  void aDeviceThatIsAddedDoesNotDisturbTheOthers() {
    running(2);
    long applied = bench.simulation.nowNanos();
    PlantChange change = bench.device(device(3, 100 * MS)).apply();
    bench.run(5 * SECOND);
    assertEquals(List.of("d3"), change.devices().added());
    assertTrue(change.lines().isEmpty());
    assertEquals(Quality.GOOD, bench.sample("t3").quality());
    assertTrue(times(3, applied).size() > 45);
    for (int unit : List.of(1, 2)) {
      assertTrue(longestGap(unit, applied - 200 * MS) < 150 * MS, "unit " + unit);
    }
    assertEquals(0, bench.report("rs485").reconnects());
  }

  @Test
  void aDeviceThatIsRemovedIsAskedNoMoreAndItsTagsAreGone() {
    running(3);
    bench.instead("d2").apply();
    long applied = bench.simulation.nowNanos();
    bench.run(2 * SECOND);
    // A request that was under way may have ended after.
    assertTrue(times(2, applied).size() <= 1);
    assertNull(bench.master().image().sample("t2", bench.simulation.nowNanos()));
    assertEquals(2, bench.master().devices().size());
    assertTrue(longestGap(1, applied) < 150 * MS);
  }

  @Test
  void removingADeviceAtAnyMomentOfItsTransactionIsSafe() {
    running(2);
    Plant two = bench.plant();
    DeviceSpec second = device(2, 100 * MS);
    Plant one = bench.instead("d2").plant();
    for (int i = 0; i < 100; i++) {
      apply(i % 2 == 0 ? one : two);
      bench.run(7 * MS + i * 131_071L);
    }
    apply(two);
    bench.run(SECOND);
    assertEquals(second, bench.master().plant().devices().get(1));
    assertEquals(Quality.GOOD, bench.sample("t2").quality());
    assertEquals(Health.UP, bench.health("d1").health());
  }

  private void apply(Plant plant) {
    try {
      bench.master().apply(plant);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }

  @Test
  void anotherPeriodKeepsTheValueThatThereIs() {
    running(2);
    Objects.requireNonNull(bench.banks.get(1)).setRegister(DataTable.HOLDING_REGISTERS, 0, 7);
    bench.run(SECOND);
    long since = bench.sample("t1").sourceNanos();
    PlantChange change = bench.instead("d1", device(1, SECOND)).apply();
    assertEquals(TagValue.of(7), bench.sample("t1").value());
    assertEquals(since, bench.sample("t1").sourceNanos());
    assertEquals(List.of("t1"), change.tags().changed());
    long applied = bench.simulation.nowNanos();
    bench.run(10 * SECOND);
    int polls = times(1, applied).size();
    assertTrue(polls >= 10 && polls <= 12, polls + " polls");
  }

  @Test
  void aLineOfOtherSettingsIsOpenedAnewAndTheRestIsNot() {
    running(2);
    LineSpec line = Plants.rtu("rs485");
    LineSpec patient =
        new LineSpec(
            line.name(),
            line.transport(),
            400 * MS,
            line.retries(),
            line.reconnectMinNanos(),
            line.reconnectMaxNanos());
    int attempts = bench.attempts;
    PlantChange change = bench.instead(patient).apply();
    bench.run(SECOND);
    assertEquals(List.of("rs485"), change.lines().changed());
    assertEquals(attempts + 1, bench.attempts);
    assertEquals(Quality.GOOD, bench.sample("t1").quality());
  }

  @Test
  void thePreviousPlantIsRestoredExactly() {
    running(3);
    Plant before = bench.master().plant();
    bench.instead("d1", device(1, SECOND)).instead("d3").apply();
    bench.run(SECOND);
    PlantChange back = restore(before);
    bench.run(SECOND);
    assertEquals(before, bench.master().plant());
    assertEquals(List.of("d3"), back.devices().added());
    assertEquals(List.of("d1"), back.devices().changed());
    for (int unit = 1; unit <= 3; unit++) {
      assertEquals(Quality.GOOD, bench.sample("t" + unit).quality());
    }
  }

  private PlantChange restore(Plant plant) {
    try {
      return bench.master().apply(plant);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }

  @Test
  void theSamePlantChangesNothing() {
    running(3);
    int seen = bench.seen.size();
    PlantChange change = bench.apply();
    assertTrue(change.isEmpty());
    assertEquals(new Difference(List.of(), List.of(), List.of()), change.loops());
    assertEquals(seen, bench.seen.size());
  }

  @Test
  void aPlantThatCannotRunChangesNothing() {
    running(2);
    DeviceSpec stray = Plants.modbus("stray", "nowhere", 9, Plants.holding("x", 0, SECOND));
    Plant wrong =
        new Plant("bench", bench.plant().lines(), List.of(device(1, SECOND), stray), List.of());
    assertThrows(IllegalArgumentException.class, () -> bench.master().apply(wrong));
    assertEquals(bench.plant(), bench.master().plant());
  }

  @Test
  void aWriteThatWaitsForADeviceThatLeavesIsRejected() {
    running(2);
    bench.mute(2);
    bench.run(5 * SECOND);
    for (int i = 0; i < 3; i++) {
      bench.write(new WriteCommand("t2", TagValue.of(i), "test", 30 * SECOND));
    }
    bench.instead("d2").apply();
    bench.run(SECOND);
    assertEquals(3, bench.outcomes.size(), bench.outcomes.toString());
    assertTrue(
        bench.outcomes.getLast().contains("t2 was changed in the plant before it could be written"),
        bench.outcomes.toString());
  }
}
