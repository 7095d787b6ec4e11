package io.plantbus.simulators.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Faults drawn from a seed, for runs that look for what nobody thought of. Each is a value of its
/// own, so that a failing run can be repeated with fewer of them.
public final class RandomFaults {
  private static final long MS = 1_000_000;
  private static final long SHORTEST_NANOS = 100 * MS;
  private static final long LONGEST_NANOS = 60_000 * MS;

  /// A driver that never lets go shows no more after seconds than after the first one.
  private static final long LONGEST_DEAD_NANOS = 3_000 * MS;

  private static final List<FaultKind> OF_UNITS =
      List.of(
          FaultKind.DROP,
          FaultKind.FLIP,
          FaultKind.MUTE,
          FaultKind.LATE,
          FaultKind.CUT,
          FaultKind.TWICE,
          FaultKind.GARBAGE,
          FaultKind.BABBLE,
          FaultKind.DUPLICATE,
          FaultKind.SECOND_MASTER,
          FaultKind.WRONG_BAUD,
          FaultKind.WRONG_PARITY);

  private static final List<FaultKind> OF_LINES =
      List.of(
          FaultKind.NOISE,
          FaultKind.NO_BIAS,
          FaultKind.SECOND_MASTER,
          FaultKind.DROP,
          FaultKind.FLIP,
          FaultKind.GARBAGE);

  private RandomFaults() {}

  /// Draws faults for simulated pairs and their units; the first ones are the same whatever the
  /// count.
  ///
  /// @param lines names of serial lines, on simulated pairs
  /// @param units names of their units
  /// @param spanNanos the windows lie within that time since the start of the plan; 200 ms or more
  /// @param count 0 to what a plan holds
  public static List<Fault> draw(
      long seed, List<String> lines, List<String> units, long spanNanos, int count) {
    if (spanNanos < 2 * SHORTEST_NANOS) {
      throw new IllegalArgumentException("faults need a span of 200 ms or more");
    }
    if (lines.isEmpty() && units.isEmpty()) {
      throw new IllegalArgumentException("there is nobody to be hit: name lines or units");
    }
    SplittableRandom all = new SplittableRandom(seed);
    List<Fault> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(one(all.split(), lines, units, spanNanos));
    }
    return drawn;
  }

  private static Fault one(
      SplittableRandom random, List<String> lines, List<String> units, long spanNanos) {
    boolean ofLine = units.isEmpty() || (!lines.isEmpty() && random.nextInt(4) == 0);
    List<FaultKind> kinds = ofLine ? OF_LINES : OF_UNITS;
    FaultKind kind = kinds.get(random.nextInt(kinds.size()));
    List<String> targets = ofLine ? lines : units;
    String target = targets.get(random.nextInt(targets.size()));
    boolean isDead = kind == FaultKind.BABBLE;
    long longest = Math.min(isDead ? LONGEST_DEAD_NANOS : LONGEST_NANOS, spanNanos / 2);
    long lasting = Math.round(between(random, SHORTEST_NANOS, (double) longest) / MS) * MS;
    long from = random.nextLong((spanNanos - lasting) / MS + 1) * MS;
    double most = kind.isPerSecond() ? 20 : 1;
    // Three digits, so that the number is short where it is written.
    double rate = Math.ceil(between(random, 0.01, most) * 1_000) / 1_000;
    Fault fault = Fault.sometimes(target, kind, rate).during(from, lasting);
    return switch (kind) {
      case LATE -> fault.delayedBy(Math.round(between(random, MS, 5_000 * MS) / MS) * MS);
      case DUPLICATE -> fault.delayedBy(random.nextLong(20) * MS / 4);
      case DROP,
          FLIP,
          MUTE,
          CUT,
          TWICE,
          GARBAGE,
          STUCK,
          ARBITRATION,
          NOISE,
          NO_BIAS,
          BABBLE,
          SECOND_MASTER,
          WRONG_BAUD,
          WRONG_PARITY,
          RESET,
          HALF_OPEN,
          BLACK_HOLE,
          SLOW_READER,
          REFUSE,
          SPLIT ->
          fault;
    };
  }

  /// Each decade as likely as any other.
  private static double between(SplittableRandom random, double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
  }
}
