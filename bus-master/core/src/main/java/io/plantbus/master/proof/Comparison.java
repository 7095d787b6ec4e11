package io.plantbus.master.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What was proven beside what was measured.
///
/// @param tags those of which both are known
/// @param lines those of which both are known
public record Comparison(List<TagAge> tags, List<LineShare> lines) {
  /// The age of one tag.
  ///
  /// @param tag its name
  /// @param predictedNanos the oldest that it may get; `Long.MAX_VALUE` without an end
  /// @param measuredNanos the oldest that it got
  public record TagAge(String tag, long predictedNanos, long measuredNanos) {
    /// Whether what was measured is within what was proven.
    public boolean holds() {
      return measuredNanos <= predictedNanos;
    }
  }

  /// The load of one line.
  ///
  /// @param line its name
  /// @param predicted share of its time in which a transaction is under way at most, those with
  ///   silent devices included, 0..1
  /// @param measured share of its time that it was taken, 0..1
  public record LineShare(String line, double predicted, double measured) {
    /// Whether what was measured is within what was proven.
    public boolean holds() {
      return measured <= predicted;
    }
  }

  public Comparison {
    tags = List.copyOf(tags);
    lines = List.copyOf(lines);
  }

  /// Puts them side by side.
  ///
  /// @param ages the oldest that each tag got while its device answered, in nanoseconds
  /// @param shares the share of its time in which each line had a transaction under way, 0..1, over
  ///   some of its longest periods
  public static Comparison of(PlanProof proof, Map<String, Long> ages, Map<String, Double> shares) {
    List<TagAge> tags = new ArrayList<>();
    List<LineShare> lines = new ArrayList<>();
    for (LineProof line : proof.lines()) {
      for (TagBound bound : line.tags()) {
        Long age = ages.get(bound.tag().name());
        if (age != null) {
          tags.add(new TagAge(bound.tag().name(), bound.ageNanos(), age));
        }
      }
      Double share = shares.get(line.line());
      if (share != null && line.verdict() != Verdict.NOT_PROVEN) {
        lines.add(new LineShare(line.line(), line.utilisation().anyUnderWay(), share));
      }
    }
    return new Comparison(tags, lines);
  }

  /// Whether nothing was worse than proven.
  public boolean holds() {
    return tags.stream().allMatch(TagAge::holds) && lines.stream().allMatch(LineShare::holds);
  }
}
