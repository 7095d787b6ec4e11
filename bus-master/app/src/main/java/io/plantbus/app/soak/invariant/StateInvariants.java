package io.plantbus.app.soak.invariant;

import io.plantbus.app.soak.Disturbances;
import io.plantbus.app.soak.SoakPlant;
import io.plantbus.app.soak.SoakPlant.Mood;
import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.devices.Quality;
import io.plantbus.master.BusMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.write.WriteQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds what a master shows against its promises, a share of the devices every second.
public final class StateInvariants {
  private static final long SECOND = 1_000_000_000L;
  private static final long WARM_UP_NANOS = 120 * SECOND;
  private static final long CALM_FOR_NANOS = 150 * SECOND;
  private static final long LOST_IN_CROSSTALK_NANOS = 240 * SECOND;
  private static final int SHARES = 36;

  private final Checks checks;
  private final SoakPlant plant;
  private final BusMaster master;
  private final Disturbances disturbances;
  private final Map<String, Long> bounds = new HashMap<>();
  private int turn;

  /// @param disturbances when who was disturbed
  public StateInvariants(
      Checks checks, SoakPlant plant, BusMaster master, Disturbances disturbances) {
    this.checks = checks;
    this.plant = plant;
    this.master = master;
    this.disturbances = disturbances;
    if (plant.mood() != Mood.ROUGH) {
      for (LineProof line : PlanProof.of(plant.plant(), Observations.NONE).lines()) {
        for (TagBound tag : line.tags()) {
          long age = plant.mood() == Mood.CALM ? tag.ageNanos() : tag.ageBesideSilentNanos();
          bounds.put(tag.tag().name(), age);
        }
      }
    }
  }

  /// Checks the share of the devices whose turn it is.
  public void check(long nowNanos) {
    List<Unit> units = plant.units();
    for (int i = turn++ % SHARES; i < units.size(); i += SHARES) {
      Unit unit = units.get(i);
      boolean calm = !disturbances.touched(unit, nowNanos - CALM_FOR_NANOS, nowNanos);
      for (TagSpec tag : plant.tagsOf(unit)) {
        TagSample sample = master.image().sample(tag.name(), nowNanos);
        if (sample != null) {
          check(unit, tag, sample, calm && nowNanos > WARM_UP_NANOS, nowNanos);
        }
      }
    }
    for (LineReport line : master.lines()) {
      checks.that(
          line.queuedWrites() <= WriteQueue.CAPACITY,
          Invariant.BOUNDED,
          nowNanos,
          () -> line.queuedWrites() + " writes wait for " + line.name());
    }
  }

  private void check(Unit unit, TagSpec tag, TagSample sample, boolean calm, long nowNanos) {
    long age = sample.ageNanos(nowNanos);
    boolean good = sample.quality() == Quality.GOOD;
    checks.that(
        !good || age <= tag.staleAfterNanos(),
        Invariant.STALE_IN_TIME,
        nowNanos,
        () -> tag.name() + " is good at an age of " + age / 1_000_000 + " ms");
    if (calm) {
      boolean alone =
          !disturbances.talkedOutOfTurn(unit.isSerial(), nowNanos - CALM_FOR_NANOS, nowNanos);
      long lostNanos = tag.staleAfterNanos() + LOST_IN_CROSSTALK_NANOS;
      boolean found =
          age <= lostNanos || disturbances.touched(unit, nowNanos - lostNanos, nowNanos);
      checks.that(
          alone ? good : found,
          Invariant.RECOVERY,
          nowNanos,
          () ->
              "nothing has disturbed %s for %d s, and %s is %s (%s), %d ms old"
                  .formatted(
                      unit.name(),
                      CALM_FOR_NANOS / SECOND,
                      tag.name(),
                      sample.quality(),
                      sample.reason(),
                      age / 1_000_000));
      long bound = bounds.getOrDefault(tag.name(), Long.MAX_VALUE);
      checks.that(
          age <= bound,
          Invariant.PROVEN_AGE,
          nowNanos,
          () ->
              "%s is %d us old, proven are %d us at most"
                  .formatted(tag.name(), age / 1_000, bound / 1_000));
    }
  }

  /// The case is over.
  ///
  /// @param collisions characters garbled on the pair
  public void finished(long collisions, long nowNanos) {
    if (plant.mood() == Mood.ROUGH) {
      return;
    }
    checks.that(
        collisions == 0,
        Invariant.ONE_DRIVER,
        nowNanos,
        () -> collisions + " characters collided, and nothing but silence was planned");
    if (plant.mood() == Mood.CALM) {
      for (LineReport line : master.lines()) {
        checks.that(
            line.errors() == 0 && line.lateAnswers() == 0 && line.connected(),
            Invariant.NO_FALSE_ALARM,
            nowNanos,
            () -> line.toString());
      }
    }
  }
}
