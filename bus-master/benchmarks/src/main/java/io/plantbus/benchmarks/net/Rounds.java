package io.plantbus.benchmarks.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The rounds of one party under one load.
final class Rounds {
  private final List<Measured> rounds = new ArrayList<>();

  void add(Measured round) {
    rounds.add(round);
  }

  boolean isEmpty() {
    return rounds.isEmpty();
  }

  double median(ToDoubleFunction<Measured> figure) {
    double[] sorted = sorted(figure);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /// How the medians compare, and the best rounds: where others use the machine meanwhile, the best
  /// round is the least disturbed one.
  String comparedWith(Rounds floor) {
    return isEmpty() || floor.isEmpty()
        ? "–"
        : String.format(
            Locale.ROOT,
            "%.2f, %.2f",
            median(Measured::perSecond) / floor.median(Measured::perSecond),
            highest(Measured::perSecond) / floor.highest(Measured::perSecond));
  }

  /// The highest of all rounds.
  double highest(ToDoubleFunction<Measured> figure) {
    double[] sorted = sorted(figure);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
  }

  /// Transactions per second: the median, and the lowest and highest round.
  String perSecond() {
    double[] sorted = sorted(Measured::perSecond);
    return sorted.length == 0
        ? "–"
        : String.format(
            Locale.ROOT,
            "%,.0f (%,.0f..%,.0f)",
            sorted[sorted.length / 2],
            sorted[0],
            sorted[sorted.length - 1]);
  }

  private double[] sorted(ToDoubleFunction<Measured> figure) {
    return rounds.stream().mapToDouble(figure).sorted().toArray();
  }
}
