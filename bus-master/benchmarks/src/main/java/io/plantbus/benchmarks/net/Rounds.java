package io.plantbus.benchmarks.net;

import java.util.ArrayList;
import java.util.Arrays;
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

  /// The median as a table shows it, a dash where there is none.
  String shown(ToDoubleFunction<Measured> figure, String format) {
    double median = median(figure);
    return Double.isNaN(median) ? "–" : String.format(Locale.ROOT, format, median);
  }

  /// The median of what was reached in each round, of what the floor reached in the same round, and
  /// how the best rounds compare: where others use the machine meanwhile, those are the least
  /// disturbed ones.
  String comparedWith(Rounds floor) {
    if (isEmpty() || floor.rounds.size() != rounds.size()) {
      return "–";
    }
    double[] ratios = new double[rounds.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = rounds.get(i).perSecond() / floor.rounds.get(i).perSecond();
    }
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT,
        "%.2f, %.2f",
        ratios[ratios.length / 2],
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
