package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Mood;
import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.app.soak.invariant.WriteInvariants;
import io.plantbus.devices.TagValue;
import io.plantbus.master.BusMaster;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.simulators.BusSimulation;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// Somebody who asks for writes: at times of their own, each with a value of its own.
final class SoakWrites {
  private static final long SECOND = 1_000_000_000L;
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final long APART_NANOS = 4 * SECOND;

  private final BusSimulation simulation;
  private final SoakPlant plant;
  private final BusMaster master;
  private final WriteInvariants invariants;
  private final BitSet without;
  private final long untilNanos;
  private int next;

  /// @param without numbers of writes that are not asked for
  /// @param untilNanos when the last one is asked for
  SoakWrites(
      BusSimulation simulation,
      SoakPlant plant,
      BusMaster master,
      WriteInvariants invariants,
      BitSet without,
      long untilNanos) {
    this.simulation = simulation;
    this.plant = plant;
    this.master = master;
    this.invariants = invariants;
    this.without = without;
    this.untilNanos = untilNanos;
  }

  /// Numbers of writes of a case: those below it.
  static int count(long spanNanos) {
    return (int) (spanNanos / APART_NANOS);
  }

  void start() {
    int number = next++;
    SplittableRandom random = simulation.random("write/" + number);
    long at = number * APART_NANOS + random.nextLong(APART_NANOS);
    if (at < untilNanos) {
      simulation.at(
          at,
          () -> {
            if (!without.get(number) && !plant.units().isEmpty()) {
              ask(number, random);
            }
            start();
          });
    }
  }

  private void ask(int number, SplittableRandom random) {
    // One of four in rough cases brings friends, so that a queue builds up.
    int count = plant.mood() == Mood.ROUGH && random.nextInt(4) == 0 ? random.nextInt(2, 12) : 1;
    for (int i = 0; i < count; i++) {
      Unit unit = plant.units().get(random.nextInt(plant.units().size()));
      boolean wide = random.nextBoolean();
      int value = 1 + (number * 16 + i) % 65_535;
      long timeToLive = random.nextLong(SECOND / 10, 20 * SECOND);
      Priority priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
      boolean coalesce = random.nextInt(4) == 0;
      int address = wide ? SoakPlant.WIDE_OUTPUT_ADDRESS : SoakPlant.OUTPUT_ADDRESS;
      int written = wide ? value << 12 | 0xABC : value;
      invariants.asked(unit, address, written, timeToLive);
      master.follow(
          new WriteCommand(
              unit.name() + (wide ? ".wide" : ".out"),
              TagValue.of(written),
              "soak",
              timeToLive,
              priority,
              coalesce),
          invariants);
    }
  }
}
