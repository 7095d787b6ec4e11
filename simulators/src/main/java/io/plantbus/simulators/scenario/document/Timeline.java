package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.simulators.scenario.Deed;
import io.plantbus.simulators.scenario.Expectation;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.Step;
import java.util.List;

/// Checks that times do not go backwards and that everything is decided before the end.
final class Timeline {
  private final Problems problems;
  private final long endNanos;
  private long latest;
  private long settled;
  private boolean waited;

  /// @param endNanos 0 for none
  Timeline(long endNanos, Problems problems) {
    this.endNanos = endNanos;
    this.problems = problems;
  }

  void check(List<StepEntry> steps) {
    for (StepEntry step : steps) {
      switch (step.begin()) {
        case Step.Begin.At(long nanos) -> at(step.beginNode(), nanos);
        case Step.Begin.After(long nanos) -> latest += nanos;
        case Step.Begin.Settled _ -> latest = Math.max(latest, settled);
        case Step.Begin.When(_, long within) -> {
          latest += within;
          waited = true;
        }
      }
      requireBeforeEnd(step.beginNode(), latest, "the step may begin as late as ");
      settled = latest + step.longestNanos();
      for (Located<Expectation> expectation : step.expectations()) {
        long decided = latest + expectation.value().longestNanos();
        requireBeforeEnd(expectation.where(), decided, "this may be decided as late as ");
      }
      for (Located<Deed> deed : step.deeds()) {
        requireBeforeEnd(
            deed.where(),
            latest + StepEntry.longest(deed.value()),
            "this may be decided as late as ");
      }
    }
  }

  private void at(Node where, long nanos) {
    if (nanos < latest) {
      problems.error(
          where,
          waited
              ? "this time may be over: the step before may begin as late as " + Spans.text(latest)
              : Spans.text(nanos)
                  + " is in the past: the step before begins at "
                  + Spans.text(latest),
          waited ? "write a later time, or 'after'" : "write " + Spans.text(latest) + " or later");
    }
    latest = Math.max(latest, nanos);
    waited = false;
  }

  private void requireBeforeEnd(Node where, long nanos, String what) {
    if (endNanos > 0 && nanos > endNanos) {
      problems.error(
          where,
          what + Spans.text(nanos) + ", and the scenario ends at " + Spans.text(endNanos),
          "write a shorter time, or a later 'end'");
    }
  }
}
