package io.plantbus.simulators.scenario;

import io.plantbus.simulators.scenario.Finding.Kind;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Observer.Observation;
import java.util.List;
import java.util.function.Function;

/// An expectation, or a write whose outcome is expected, until it is decided. Times are those of
/// the scenario.
final class Watch {
  private static final long NOT_YET = -1;

  private final Expectation expectation;
  private final int step;
  private final long beginNanos;
  private final Function<Condition, List<String>> evidence;
  private long heldSince = NOT_YET;
  private String seen = "";
  private Result result = Result.NOT_REACHED;
  private long endNanos;
  private boolean decided;
  private List<String> lines = List.of();

  Watch(
      int step,
      Expectation expectation,
      long beginNanos,
      Function<Condition, List<String>> evidence) {
    this.step = step;
    this.expectation = expectation;
    this.beginNanos = beginNanos;
    this.evidence = evidence;
  }

  boolean isDecided() {
    return decided;
  }

  /// Looks once more; late looks count as they are, so come at [#dueNanos] at the latest.
  void look(Observer observer, long scenarioNanos, long nowNanos) {
    if (decided) {
      return;
    }
    Observation found = observer.observe(expectation.condition(), nowNanos);
    if (expectation.isNever()) {
      lookOut(found, scenarioNanos);
    } else {
      lookFor(found, scenarioNanos);
    }
  }

  private void lookOut(Observation found, long now) {
    seen = found.seen();
    if (found.holds()) {
      decide(Result.FAILED, now);
    } else if (now >= deadline()) {
      decide(Result.MET, now);
    }
  }

  private void lookFor(Observation found, long now) {
    if (found.holds()) {
      if (heldSince == NOT_YET && now <= deadline()) {
        heldSince = now;
      }
      seen = found.seen();
      if (heldSince == NOT_YET) {
        decide(Result.FAILED, now);
      } else if (now >= heldSince + expectation.lastingNanos()) {
        decide(Result.MET, now);
      }
      return;
    }
    seen = found.seen();
    if (now >= deadline()) {
      decide(Result.FAILED, now);
    } else {
      heldSince = NOT_YET;
    }
  }

  /// When to look again at the latest.
  long dueNanos() {
    return heldSince == NOT_YET ? deadline() : heldSince + expectation.lastingNanos();
  }

  private long deadline() {
    return beginNanos + expectation.withinNanos();
  }

  private void decide(Result how, long now) {
    decided = true;
    result = how;
    endNanos = now;
    if (how == Result.FAILED) {
      lines = evidence.apply(expectation.condition());
    }
  }

  /// Gives it up, as the scenario ends.
  void giveUp(long now) {
    if (!decided) {
      decide(Result.FAILED, now);
    }
  }

  Finding finding() {
    return new Finding(
        step,
        Kind.EXPECTATION,
        expectation.toString(),
        expectation.place(),
        beginNanos,
        endNanos,
        result,
        seen,
        lines);
  }
}
