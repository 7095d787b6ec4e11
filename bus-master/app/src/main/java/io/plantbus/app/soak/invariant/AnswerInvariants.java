package io.plantbus.app.soak.invariant;

import io.plantbus.app.soak.Disturbances;
import io.plantbus.app.soak.SoakPlant;
import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.app.soak.Truth;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.SampleListener;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.AddressRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds every sample against the truth of the slaves: a value must be what its own device held
/// while the request for it was under way.
///
/// Two things no master on a serial line can know, and they are counted instead: a late answer to
/// the very same request as the one under way (an RTU frame has no number), and a frame that was
/// garbled into another one with a right checksum (one in 65,536).
public final class AnswerInvariants implements SampleListener {
  private static final long LATE_NANOS = 6_000_000_000L;

  private final Checks checks;
  private final NanoClock clock;
  private final Disturbances disturbances;
  private final WireInvariants wire;
  private final SoakPlant plant;
  private final Map<String, Watched> inputs = new HashMap<>();
  private long sameRequest;
  private long beyondChecksum;

  private static final class Watched {
    final Unit unit;
    final AddressRange range;
    final long limitNanos;
    long lastNanos = Long.MIN_VALUE;

    Watched(Unit unit, AddressRange range, long limitNanos) {
      this.unit = unit;
      this.range = range;
      this.limitNanos = limitNanos;
    }
  }

  /// @param disturbances when who was disturbed
  /// @param wire what was heard on the pair
  public AnswerInvariants(
      Checks checks,
      NanoClock clock,
      SoakPlant plant,
      Disturbances disturbances,
      WireInvariants wire) {
    this.checks = checks;
    this.clock = clock;
    this.plant = plant;
    this.disturbances = disturbances;
    this.wire = wire;
    for (Unit unit : plant.units()) {
      long limit = plant.timeoutNanos(unit) + plant.longestAnswerNanos(unit);
      for (TagSpec tag : plant.tagsOf(unit)) {
        if (tag.resource().point() instanceof Point.Modbus point) {
          inputs.put(tag.name(), new Watched(unit, point.range(), limit));
        }
      }
    }
  }

  @Override
  public void sampled(TagSpec tag, TagSample sample) {
    Watched watched = inputs.get(tag.name());
    if (watched == null || sample.value() == null) {
      return;
    }
    long now = clock.nanoTime();
    long former = watched.lastNanos;
    checks.that(
        sample.sourceNanos() >= former && sample.sourceNanos() <= now,
        Invariant.TIME_FORWARD,
        now,
        () -> tag.name() + " went from " + former + " to " + sample.sourceNanos() + " ns");
    boolean arrived = sample.sourceNanos() > former;
    watched.lastNanos = sample.sourceNanos();
    if (arrived && sample.quality().isGood() && watched.range.start() < SoakPlant.OUTPUT_ADDRESS) {
      judge(tag, watched, sample.value(), sample.sourceNanos(), now);
    }
  }

  private void judge(TagSpec tag, Watched watched, TagValue value, long arrival, long now) {
    long bits = value instanceof TagValue.Whole whole ? whole.bits() : -1;
    int ticks = ageTicks(watched, bits, arrival);
    boolean fresh = ticks >= 0 && ticks * Truth.TICK_NANOS <= watched.limitNanos + Truth.TICK_NANOS;
    boolean late = !fresh && ticks >= 0 && ticks * Truth.TICK_NANOS <= LATE_NANOS;
    boolean serial = watched.unit.isSerial();
    if (serial && late && disturbances.wasLate(watched.unit, now - LATE_NANOS, now)) {
      sameRequest++;
    } else if (serial && !fresh && !late && wire.heardSoundFrame() && !isSomebodysAnswer(arrival)) {
      beyondChecksum++;
    } else {
      checks.that(!late, Invariant.NO_LATE_ANSWER, now, () -> told(tag, value, ticks));
      checks.that(fresh || late, Invariant.OWN_ANSWER, now, () -> told(tag, value, ticks));
    }
  }

  /// How old a value is, or -1 if its registers do not belong together.
  private static int ageTicks(Watched watched, long bits, long arrival) {
    int ticks = -1;
    int count = watched.range.count();
    for (int i = 0; i < count; i++) {
      int register = (int) (bits >> (16 * (count - 1 - i))) & 0xFFFF;
      int age = Truth.ageTicks(watched.unit.unit(), watched.range.start() + i, register, arrival);
      if (i > 0 && age != ticks) {
        return -1;
      }
      ticks = age;
    }
    return ticks;
  }

  /// Whether what was heard are the five registers of some slave at some time of late.
  private boolean isSomebodysAnswer(long arrival) {
    byte[] heard = wire.heardBytes();
    for (int at = 0; at + 13 <= heard.length; at++) {
      if (heard[at + 1] == 4 && heard[at + 2] == 10) {
        for (Unit other : plant.units()) {
          if (other.isSerial() && isAnswerOf(other, heard, at + 3, arrival)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isAnswerOf(Unit unit, byte[] heard, int at, long arrival) {
    int ticks = -1;
    for (int i = 0; i < 5; i++) {
      int register = (heard[at + 2 * i] & 0xFF) << 8 | (heard[at + 2 * i + 1] & 0xFF);
      int age = Truth.ageTicks(unit.unit(), unit.base() + i, register, arrival);
      if (i > 0 && age != ticks) {
        return false;
      }
      ticks = age;
    }
    return true;
  }

  private String told(TagSpec tag, TagValue value, int ticks) {
    String age =
        ticks < 0 ? "never held by it as a whole" : "held by it " + 10L * ticks + " ms before";
    return tag.name() + " took " + value + ", " + age + "; heard " + wire.heard();
  }

  /// Late answers taken for answers to the very same request.
  public long sameRequest() {
    return sameRequest;
  }

  /// Frames garbled into others with a right checksum.
  public long beyondChecksum() {
    return beyondChecksum;
  }

  /// The tags that are watched.
  public List<String> tags() {
    return List.copyOf(inputs.keySet());
  }
}
