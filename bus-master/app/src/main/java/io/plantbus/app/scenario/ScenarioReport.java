package io.plantbus.app.scenario;

import io.plantbus.simulators.scenario.Finding;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.Verdict;

/// What every report of a scenario says at its head and at its end. Nothing in it depends on when
/// or where the scenario ran in virtual time.
///
/// @param seed of all random numbers
/// @param program name and version
/// @param repeat the command that runs it again
/// @param isRealTime whether the master was somebody else's
public record ScenarioReport(
    ScenarioFile file,
    Verdict verdict,
    long seed,
    String program,
    String repeat,
    boolean isRealTime) {

  String bench() {
    return file.bench().name() + " (" + file.benchName() + ")";
  }

  /// The master that was tested.
  String master() {
    if (isRealTime) {
      return "somebody else's, in real time";
    }
    return file.plant() == null
        ? "none"
        : "plant " + file.plant().name() + " (" + file.plantName() + ")";
  }

  /// One sentence.
  String summary() {
    int all = verdict.expectations();
    int met = verdict.count(Result.MET);
    int unreached = verdict.count(Result.NOT_REACHED);
    return "%s%d of %d expectations met%s, in %s s of %s time."
        .formatted(
            verdict.isMet() ? "PASSED: " : "FAILED: ",
            met,
            all,
            unreached == 0 ? "" : ", " + unreached + " not reached",
            Spans.clock(verdict.lastedNanos()),
            isRealTime ? "real" : "virtual");
  }

  /// When a finding belongs in the order of time: what was expected, when it was decided.
  static long time(Finding finding) {
    return finding.isVerdict() ? finding.endNanos() : finding.beginNanos();
  }

  /// The result in a word.
  static String word(Result result) {
    return switch (result) {
      case DONE -> "done";
      case MET -> "met";
      case FAILED -> "FAILED";
      case NOT_REACHED -> "not reached";
    };
  }
}
