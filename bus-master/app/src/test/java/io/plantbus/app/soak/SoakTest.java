package io.plantbus.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.soak.SoakPlant.Mood;
import io.plantbus.app.soak.invariant.Invariant;
import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.simulators.Transcript;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoakTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private static SoakCount mustHold(SoakCase one) {
    SoakRun run = new SoakRun(one, Transcript.silent());
    assertNull(run.run(), () -> "repeat it with: plantbus soak --repeat " + one);
    return run.count();
  }

  @Test
  void fixedSeedsHoldEveryInvariantAndAskForEachOfThem() {
    SoakCount all = SoakCount.NONE;
    Set<Mood> moods = EnumSet.noneOf(Mood.class);
    for (long seed = 20; seed < 32; seed++) {
      SoakCase one = SoakCase.of(seed, 10 * MINUTE);
      moods.add(new SoakRun(one, Transcript.silent()).plant().mood());
      all = all.plus(mustHold(one));
    }
    assertEquals(EnumSet.allOf(Mood.class), moods);
    for (Invariant invariant : Invariant.values()) {
      assertTrue(all.checks().getOrDefault(invariant, 0L) > 0, invariant + " was never checked");
    }
    assertTrue(all.transactions() > 100_000 && all.writes() > 1_000, all::toString);
    assertTrue(all.faults().size() >= 7, all::toString);
  }

  @Test
  void freshSeedsHoldThemToo() {
    long seed = new SplittableRandom().nextLong(1L << 48);
    for (int i = 0; i < 4; i++) {
      mustHold(SoakCase.of(seed + i, 10 * MINUTE));
    }
  }

  @Test
  void aLineOf32HoldsThemForADayWithFaults() {
    SoakCase day = SoakCase.of(23, 24 * HOUR);
    SoakCount count = mustHold(day);
    assertTrue(count.transactions() > 500_000, count::toString);
    assertTrue(count.faults().values().stream().mapToLong(Long::longValue).sum() > 1_000);
  }

  @Test
  void theSameCaseGivesTheSameTranscriptByteForByte() {
    SoakCase one = SoakCase.of(24, 2 * MINUTE);
    long first = digest(one);
    assertEquals(first, digest(one));
    assertNotEquals(first, digest(SoakCase.of(26, 2 * MINUTE)));
  }

  private static long digest(SoakCase one) {
    Transcript transcript = Transcript.bounded(1);
    assertNull(new SoakRun(one, transcript).run());
    assertTrue(transcript.count() > 1_000);
    return transcript.digest();
  }

  @Test
  void aCaseWithPartsTakenOutIsTheSameButForThem() {
    BitSet network = new BitSet();
    network.set(SoakPlant.ON_THE_PAIR, SoakPlant.DEVICES);
    SoakCase whole = SoakCase.of(28, MINUTE);
    SoakCase part = whole.without(new SoakCase.Without(network, new BitSet(), new BitSet()));
    assertEquals(
        new SoakRun(whole, Transcript.silent()).plant().units().subList(0, SoakPlant.ON_THE_PAIR),
        new SoakRun(part, Transcript.silent()).plant().units());
    mustHold(part);
  }

  @Test
  void whatFailsIsMadeAsSmallAsItGoes() {
    SoakCase big = SoakCase.of(1, HOUR);
    Violation violation = new Violation(100 * MINUTE / 60, Invariant.ONCE, "made up");
    Shrinker.Result small =
        Shrinker.shrink(
            big,
            violation,
            10_000,
            one ->
                one.without().devices().get(7)
                        || one.without().faults().get(3)
                        || one.without().writes().get(5)
                    ? null
                    : violation);
    SoakCase.Without without = small.smallest().without();
    assertEquals(SoakPlant.DEVICES - 1, without.devices().cardinality(), small::toString);
    assertEquals(SoakFaults.MOST - 1, without.faults().cardinality(), small::toString);
    assertEquals(5, without.writes().nextClearBit(0), small::toString);
    assertTrue(small.smallest().spanNanos() < 110 * MINUTE / 60, small::toString);
  }

  @Test
  void aSoakRunsUntilTheHoursAreFull() throws InterruptedException {
    Soak.Result result = new Soak(28, MINUTE, 2).run(3 * MINUTE, _ -> {});
    assertNull(result.failure());
    assertTrue(result.count().busNanos() >= 3 * MINUTE);
    assertNotNull(result.count().checks().get(Invariant.SILENCE));
  }
}
