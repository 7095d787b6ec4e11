package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakCase.Without;
import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.simulators.Transcript;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a case that fails smaller for as long as it goes on failing the same invariant: cuts its
/// end off, then takes out faults, devices and writes by halves, quarters and so on, again and
/// again until nothing can be taken out.
public final class Shrinker {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_ROUNDS = 4;

  private final Function<SoakCase, @Nullable Violation> runs;
  private final int mostRuns;
  private SoakCase smallest;
  private Violation violation;
  private int count;

  private Shrinker(
      SoakCase failing,
      Violation violation,
      int mostRuns,
      Function<SoakCase, @Nullable Violation> runs) {
    this.smallest = failing;
    this.violation = violation;
    this.mostRuns = mostRuns;
    this.runs = runs;
  }

  /// What is left.
  ///
  /// @param smallest the case
  /// @param violation its violation
  /// @param runs how many cases were tried
  public record Result(SoakCase smallest, Violation violation, int runs) {}

  /// Makes a case smaller.
  ///
  /// @param violation what it failed with
  /// @param mostRuns how many cases may be tried
  public static Result shrink(SoakCase failing, Violation violation, int mostRuns) {
    return shrink(failing, violation, mostRuns, one -> new SoakRun(one, Transcript.silent()).run());
  }

  /// Makes a case smaller by somebody else's judgement of what fails.
  static Result shrink(
      SoakCase failing,
      Violation violation,
      int mostRuns,
      Function<SoakCase, @Nullable Violation> runs) {
    Shrinker shrinker = new Shrinker(failing, violation, mostRuns, runs);
    shrinker.shrink();
    return new Result(shrinker.smallest, shrinker.violation, shrinker.count);
  }

  private void shrink() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      SoakCase before = smallest;
      cutTheEnd();
      takeOut(SoakFaults.MOST, Without::faults, Shrinker::withFaults);
      takeOut(SoakPlant.DEVICES, Without::devices, Shrinker::withDevices);
      takeOut(SoakWrites.count(smallest.spanNanos()) + 1, Without::writes, Shrinker::withWrites);
      if (smallest.toString().equals(before.toString())) {
        return;
      }
    }
  }

  /// Faults are drawn over the whole span, so a shorter one is another case: it is tried, no more.
  private void cutTheEnd() {
    long whole = smallest.spanNanos();
    long until = violation.nanos() / SECOND * SECOND + SECOND;
    if (until < whole) {
      attempt(smallest.lasting(until));
    }
  }

  private interface With {
    Without with(Without old, BitSet set);
  }

  private static Without withFaults(Without old, BitSet set) {
    return new Without(old.devices(), set, old.writes());
  }

  private static Without withDevices(Without old, BitSet set) {
    return new Without(set, old.faults(), old.writes());
  }

  private static Without withWrites(Without old, BitSet set) {
    return new Without(old.devices(), old.faults(), set);
  }

  /// Takes out runs of parts, from all of them down to single ones.
  private void takeOut(int parts, Function<Without, BitSet> which, With with) {
    for (int size = parts; size >= 1; size /= 2) {
      for (int from = 0; from < parts; from += size) {
        int to = Math.min(parts, from + size);
        BitSet out = (BitSet) which.apply(smallest.without()).clone();
        if (out.nextClearBit(from) < to) {
          out.set(from, to);
          attempt(smallest.without(with.with(smallest.without(), out)));
        }
      }
    }
  }

  private void attempt(SoakCase candidate) {
    if (count >= mostRuns) {
      return;
    }
    count++;
    Violation found = runs.apply(candidate);
    if (found != null && found.invariant() == violation.invariant()) {
      smallest = candidate;
      violation = found;
    }
  }
}
