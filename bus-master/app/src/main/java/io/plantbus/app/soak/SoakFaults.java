package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The faults of a case, each drawn on its own.
final class SoakFaults {
  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000;
  private static final int MOST_PER_SECOND = 20;
  private static final long HOUR = 3_600 * SECOND;
  private static final int PER_HOUR = 24;
  private static final int SILENT_DEVICES = 6;

  /// Of so many draws beside the devices one hits the network as a whole, the others the pair.
  private static final int WHOLE_LINES = 4;

  /// The most faults of a case.
  static final int MOST = 900;

  private static final List<FaultKind> ON_THE_PAIR =
      List.of(
          FaultKind.DROP,
          FaultKind.FLIP,
          FaultKind.MUTE,
          FaultKind.LATE,
          FaultKind.CUT,
          FaultKind.TWICE,
          FaultKind.GARBAGE,
          FaultKind.DUPLICATE,
          FaultKind.WRONG_BAUD,
          FaultKind.WRONG_PARITY,
          FaultKind.SECOND_MASTER,
          FaultKind.BABBLE);
  private static final List<FaultKind> ON_THE_WHOLE_PAIR =
      List.of(
          FaultKind.DROP,
          FaultKind.FLIP,
          FaultKind.MUTE,
          FaultKind.LATE,
          FaultKind.CUT,
          FaultKind.TWICE,
          FaultKind.GARBAGE,
          FaultKind.NOISE,
          FaultKind.NO_BIAS,
          FaultKind.SECOND_MASTER);

  /// Without what changes or shortens answers: a stream has no checksum of its own above TCP's, so
  /// nobody could tell.
  private static final List<FaultKind> ON_THE_NETWORK =
      List.of(FaultKind.DROP, FaultKind.MUTE, FaultKind.LATE, FaultKind.TWICE, FaultKind.SPLIT);

  private static final List<FaultKind> ON_THE_WHOLE_NETWORK =
      List.of(
          FaultKind.DROP,
          FaultKind.MUTE,
          FaultKind.LATE,
          FaultKind.SPLIT,
          FaultKind.RESET,
          FaultKind.HALF_OPEN,
          FaultKind.BLACK_HOLE,
          FaultKind.SLOW_READER,
          FaultKind.REFUSE);

  private SoakFaults() {}

  /// A fault with its number in the case.
  record Numbered(int number, Fault fault) {}

  /// All faults of a case.
  static List<Numbered> draw(
      Surroundings surroundings, SoakPlant plant, long spanNanos, BitSet without) {
    List<Numbered> faults = new ArrayList<>();
    switch (plant.mood()) {
      case CALM -> {}
      case SILENT -> {
        for (int number = 0; number < SILENT_DEVICES; number++) {
          Unit unit =
              unit(plant, surroundings.random("fault/" + number).nextInt(SoakPlant.DEVICES));
          if (unit != null && !without.get(number)) {
            faults.add(new Numbered(number, Fault.always(unit.name(), FaultKind.MUTE)));
          }
        }
      }
      case ROUGH -> {
        int count = Math.clamp(spanNanos * PER_HOUR / HOUR, 4, MOST);
        for (int number = 0; number < count; number++) {
          Fault fault = rough(surroundings.random("fault/" + number), plant, spanNanos);
          if (fault != null && !without.get(number)) {
            faults.add(new Numbered(number, fault));
          }
        }
      }
    }
    return faults;
  }

  private static @Nullable Fault rough(SplittableRandom random, SoakPlant plant, long spanNanos) {
    int target = random.nextInt(SoakPlant.DEVICES + WHOLE_LINES);
    boolean whole = target >= SoakPlant.DEVICES;
    boolean serial = whole ? target > SoakPlant.DEVICES : target < SoakPlant.ON_THE_PAIR;
    List<FaultKind> kinds =
        serial
            ? whole ? ON_THE_WHOLE_PAIR : ON_THE_PAIR
            : whole ? ON_THE_WHOLE_NETWORK : ON_THE_NETWORK;
    FaultKind kind = kinds.get(random.nextInt(kinds.size()));
    // Who drives the pair without end leaves nothing of it to look at.
    boolean isShort = whole || kind == FaultKind.BABBLE || kind == FaultKind.SECOND_MASTER;
    long lasting = random.nextLong(SECOND, isShort ? 20 * SECOND : 180 * SECOND);
    long at = random.nextLong(Math.max(1, spanNanos - lasting));
    double rate = random.nextInt(4) == 0 ? 1 : Math.max(0.01, random.nextDouble());
    if (kind.isPerSecond()) {
      rate *= MOST_PER_SECOND;
    } else if (kind == FaultKind.BLACK_HOLE || kind == FaultKind.SLOW_READER) {
      rate = 1;
    }
    long delay =
        kind == FaultKind.SLOW_READER
            ? random.nextLong(MS, 20 * MS)
            : kind == FaultKind.DUPLICATE
                ? random.nextLong(20 * MS)
                : random.nextLong(50 * MS, 3 * SECOND);
    Unit unit = whole ? null : unit(plant, target);
    if (!whole && unit == null) {
      return null;
    }
    String name = unit != null ? unit.name() : serial ? SoakPlant.PAIR : SoakPlant.NETWORK;
    return Fault.sometimes(name, kind, rate).during(at, lasting).delayedBy(delay);
  }

  private static @Nullable Unit unit(SoakPlant plant, int number) {
    for (Unit unit : plant.units()) {
      if (unit.number() == number) {
        return unit;
      }
    }
    return null;
  }
}
