package io.plantbus.simulators.scenario;

import java.util.Comparator;
import java.util.List;

/// What came of a scenario.
///
/// @param scenario what was run
/// @param findings by step, then as they are written
/// @param lastedNanos how long it ran
public record Verdict(Scenario scenario, List<Finding> findings, long lastedNanos) {
  public Verdict {
    findings = findings.stream().sorted(Comparator.comparingInt(Finding::step)).toList();
  }

  /// Whether everything was met.
  public boolean isMet() {
    return findings.stream()
        .noneMatch(
            finding ->
                finding.result() == Finding.Result.FAILED
                    || finding.result() == Finding.Result.NOT_REACHED);
  }

  /// How many expectations ended so.
  public int count(Finding.Result result) {
    int count = 0;
    for (Finding finding : findings) {
      count += finding.isVerdict() && finding.result() == result ? 1 : 0;
    }
    return count;
  }

  /// How many expectations there were.
  public int expectations() {
    return (int) findings.stream().filter(Finding::isVerdict).count();
  }
}
