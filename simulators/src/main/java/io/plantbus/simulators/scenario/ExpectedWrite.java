package io.plantbus.simulators.scenario;

import io.plantbus.simulators.scenario.Finding.Kind;
import io.plantbus.simulators.scenario.Finding.Result;
import java.util.List;
import java.util.function.Supplier;

/// A write until its outcome is decided. Times are those of the scenario.
final class ExpectedWrite implements Subject.WriteWatch {
  private final Deed.Write write;
  private final WriteEnd outcome;
  private final int step;
  private final long beginNanos;
  private final Supplier<List<String>> evidence;
  private String state = "";
  private String seen = "nothing became of it";
  private boolean isLast;
  private boolean isCome;
  private Result result = Result.NOT_REACHED;
  private long endNanos;
  private boolean decided;
  private List<String> lines = List.of();

  /// @param outcome what is expected
  ExpectedWrite(
      int step,
      Deed.Write write,
      WriteEnd outcome,
      long beginNanos,
      Supplier<List<String>> evidence) {
    this.step = step;
    this.write = write;
    this.outcome = outcome;
    this.beginNanos = beginNanos;
    this.evidence = evidence;
  }

  @Override
  public void stepped(String newState, boolean isEnd, String reason) {
    if (!isCome) {
      state = newState;
      seen = reason.isEmpty() ? state : state + " (" + reason + ")";
    }
    isCome |= state.equals(outcome.keyword());
    isLast |= isEnd;
  }

  boolean isDecided() {
    return decided;
  }

  long dueNanos() {
    return beginNanos + write.withinNanos();
  }

  void look(long now) {
    if (decided) {
      return;
    }
    if (isCome) {
      decide(Result.MET, now);
    } else if (isLast || now >= dueNanos()) {
      decide(Result.FAILED, now);
    }
  }

  void giveUp(long now) {
    if (!decided) {
      decide(Result.FAILED, now);
    }
  }

  private void decide(Result how, long now) {
    decided = true;
    result = how;
    endNanos = now;
    if (how == Result.FAILED) {
      lines = evidence.get();
    }
  }

  Finding finding() {
    return new Finding(
        step,
        Kind.EXPECTATION,
        describe(write, outcome),
        write.place(),
        beginNanos,
        endNanos,
        result,
        seen,
        lines);
  }

  static String describe(Deed.Write write, WriteEnd outcome) {
    return write + ", " + outcome.keyword() + " within " + Spans.text(write.withinNanos());
  }
}
