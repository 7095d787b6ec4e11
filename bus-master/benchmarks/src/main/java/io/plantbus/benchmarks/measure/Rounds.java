package io.plantbus.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of one contestant, one per round.
public final class Rounds {
  private final List<Double> figures = new ArrayList<>();

  /// No figures yet.
  public Rounds() {}

  /// Adds the figure of a round.
  public void add(double figure) {
    figures.add(figure);
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return figures.isEmpty();
  }

  /// The figure in the middle; of an even number the lower of both.
  ///
  /// @throws IllegalStateException if there is none
  public double median() {
    if (figures.isEmpty()) {
      throw new IllegalStateException("no round was run");
    }
    return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
  }

  /// How far the lowest and the highest are apart, in percent of the median.
  public double spreadPercent() {
    double lowest = figures.stream().min(Double::compare).orElseThrow();
    double highest = figures.stream().max(Double::compare).orElseThrow();
    return median() == 0 ? 0 : 100 * (highest - lowest) / median();
  }

  /// Median and spread, for a table.
  public String text() {
    return String.format(Locale.ROOT, "%,.0f | %.0f %%", median(), spreadPercent());
  }
}
