package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Unit;
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
          FaultKind.GARBAGE);

  /// Without what changes or shortens answers: a stream has no checksum of its own above TCP's, so
  /// nobody could tell.
  private static final List<FaultKind> ON_THE_NETWORK =
      List.of(FaultKind.DROP, FaultKind.MUTE, FaultKind.LATE, FaultKind.TWICE);

  private SoakFaults() {}

  /// A fault with its number in the case.
  record Numbered(int number, Fault fault) {}

  /// All faults of a case.
  static List<Numbered> draw(Chance chance, SoakPlant plant, long spanNanos, BitSet without) {
    List<Numbered> faults = new ArrayList<>();
    switch (plant.mood()) {
      case CALM -> {}
      case SILENT -> {
        for (int number = 0; number < SILENT_DEVICES; number++) {
          Unit unit = unit(plant, chance.of("fault/" + number).nextInt(SoakPlant.DEVICES));
          if (unit != null && !without.get(number)) {
            faults.add(new Numbered(number, Fault.always(unit.name(), FaultKind.MUTE)));
          }
        }
      }
      case ROUGH -> {
        int count = (int) Math.clamp(spanNanos * PER_HOUR / HOUR, 4, MOST);
        for (int number = 0; number < count; number++) {
          Fault fault = rough(chance.of("fault/" + number), plant, spanNanos);
          if (fault != null && !without.get(number)) {
            faults.add(new Numbered(number, fault));
          }
        }
      }
    }
    return faults;
  }

  private static @Nullable Fault rough(
      SplittableRandom random, SoakPlant plant, long spanNanos) {
    int target = random.nextInt(SoakPlant.DEVICES + WHOLE_LINES);
    boolean whole = target >= SoakPlant.DEVICES;
    boolean serial =
        whole ? target > SoakPlant.DEVICES : target < SoakPlant.ON_THE_PAIR;
    List<FaultKind> kinds = serial ? ON_THE_PAIR : ON_THE_NETWORK;
    FaultKind kind = kinds.get(random.nextInt(kinds.size()));
    long lasting = random.nextLong(SECOND, whole ? 20 * SECOND : 180 * SECOND);
    long at = random.nextLong(Math.max(1, spanNanos - lasting));
    double rate = random.nextInt(4) == 0 ? 1 : Math.max(0.01, random.nextDouble());
    long delay = random.nextLong(50_000_000, 3 * SECOND);
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
