package io.plantbus.simulators.scenario;

import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.scenario.Finding.Kind;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Observer.Observation;
import java.util.ArrayList;
import java.util.List;

/// Goes through a scenario, step by step. Belongs to one thread, in virtual time to that of the
/// simulation.
///
/// ```
///  step 1 ─ deeds ─┬─ expectation ──────┤         each expectation is looked at from its step on
///                  └─ expectation ─┤              until it is decided, whatever comes meanwhile
///  step 2 ───────────────── deeds ─┬─ expectation ─┤
/// ```
///
/// Call [#step] whenever something may have happened, at the time it gave at the latest.
public final class ScenarioRun {
  /// How far apart two looks are at most while something is expected.
  private static final long LOOK_NANOS = 10_000_000;

  private final Scenario scenario;
  private final Subject subject;
  private final Observer observer;
  private final Performer performer;
  private final Evidence evidence;
  private final long startNanos;
  private final List<Watch> watches = new ArrayList<>();
  private final List<ExpectedWrite> writes = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private int next;
  private long beganNanos;
  private int settledBefore;
  private int writesBefore;
  private boolean abandoned;
  private boolean over;
  private long lastNanos;

  /// A run that begins now.
  ///
  /// @param running the bench, started at this same time
  /// @param subject the master, or [Subject#NONE]
  public ScenarioRun(
      Scenario scenario,
      Bench bench,
      RunningBench running,
      Surroundings surroundings,
      Subject subject) {
    this.scenario = scenario;
    this.subject = subject;
    this.startNanos = surroundings.clock().nanoTime();
    this.observer = new Observer(running, subject);
    this.performer = new Performer(running, subject, startNanos);
    this.evidence = new Evidence(bench, surroundings.transcript(), subject);
  }

  /// Whether everything is decided.
  public boolean isOver() {
    return over;
  }

  /// Does what is due.
  ///
  /// @param nowNanos the clock's time
  /// @return when it wants to be called again at the latest
  public long step(long nowNanos) {
    if (over) {
      return Long.MAX_VALUE;
    }
    long time = nowNanos - startNanos;
    lastNanos = time;
    performer.goOn(nowNanos);
    look(time, nowNanos);
    while (beginsNow(time, nowNanos)) {
      begin(scenario.steps().get(next++), time, nowNanos);
    }
    boolean isLate = scenario.endNanos() > 0 && time >= scenario.endNanos();
    if (isLate || (isEverythingDone() && (abandoned || scenario.endNanos() == 0))) {
      watches.forEach(watch -> watch.giveUp(time));
      writes.forEach(write -> write.giveUp(time));
      over = true;
    }
    return over ? Long.MAX_VALUE : dueNanos(time);
  }

  private void look(long time, long nowNanos) {
    writes.forEach(write -> write.look(time));
    watches.forEach(watch -> watch.look(observer, time, nowNanos));
  }

  private boolean isEverythingDone() {
    return (abandoned || next == scenario.steps().size()) && isSettled(0, 0);
  }

  private boolean isSettled(int fromWatch, int fromWrite) {
    return watches.subList(fromWatch, watches.size()).stream().allMatch(Watch::isDecided)
        && writes.subList(fromWrite, writes.size()).stream().allMatch(ExpectedWrite::isDecided);
  }

  private boolean beginsNow(long time, long nowNanos) {
    if (abandoned || next == scenario.steps().size()) {
      return false;
    }
    Step step = scenario.steps().get(next);
    return switch (step.begin()) {
      case Step.Begin.At(long nanos) -> time >= nanos;
      case Step.Begin.After(long nanos) -> time >= beganNanos + nanos;
      case Step.Begin.Settled _ -> isSettled(settledBefore, writesBefore);
      case Step.Begin.When when -> isCome(step, when, time, nowNanos);
    };
  }

  private boolean isCome(Step step, Step.Begin.When when, long time, long nowNanos) {
    Observation found = observer.observe(when.condition(), nowNanos);
    boolean isLate = time >= beganNanos + when.withinNanos();
    if (found.holds() || isLate) {
      findings.add(
          new Finding(
              step.number(),
              Kind.START,
              start(when),
              step.place(),
              beganNanos,
              time,
              found.holds() ? Result.MET : Result.FAILED,
              found.seen(),
              found.holds() ? List.of() : evidence.of(when.condition())));
    }
    abandoned = isLate && !found.holds();
    return found.holds();
  }

  private static String start(Step.Begin.When when) {
    return "when " + when.condition() + ", within " + Spans.text(when.withinNanos());
  }

  private void begin(Step step, long time, long nowNanos) {
    beganNanos = time;
    settledBefore = watches.size();
    writesBefore = writes.size();
    for (Deed deed : step.deeds()) {
      if (deed instanceof Deed.Write write && write.outcome() != null) {
        ExpectedWrite expected =
            new ExpectedWrite(
                step.number(),
                write,
                write.outcome(),
                time,
                () -> evidence.ofLine(subject.lineOf(write.tag())));
        writes.add(expected);
        performer.perform(deed, nowNanos, expected);
        expected.look(time);
      } else {
        performer.perform(deed, nowNanos, (_, _, _) -> {});
        findings.add(
            new Finding(
                step.number(),
                Kind.DEED,
                deed.toString(),
                step.place(),
                time,
                time,
                Result.DONE,
                "",
                List.of()));
      }
    }
    for (Expectation expectation : step.expectations()) {
      Watch watch = new Watch(step.number(), expectation, time, evidence::of);
      watches.add(watch);
      watch.look(observer, time, nowNanos);
    }
  }

  private long dueNanos(long time) {
    long due = scenario.endNanos() > 0 ? scenario.endNanos() : Long.MAX_VALUE;
    boolean isWaiting = performer.isMoving();
    if (!abandoned && next < scenario.steps().size()) {
      due =
          Math.min(
              due,
              switch (scenario.steps().get(next).begin()) {
                case Step.Begin.At(long nanos) -> nanos;
                case Step.Begin.After(long nanos) -> beganNanos + nanos;
                case Step.Begin.When(_, long within) -> {
                  isWaiting = true;
                  yield beganNanos + within;
                }
                case Step.Begin.Settled _ -> Long.MAX_VALUE;
              });
    }
    for (Watch watch : watches) {
      if (!watch.isDecided()) {
        isWaiting = true;
        due = Math.min(due, watch.dueNanos());
      }
    }
    for (ExpectedWrite write : writes) {
      due = write.isDecided() ? due : Math.min(due, write.dueNanos());
    }
    due = isWaiting ? Math.min(due, time + LOOK_NANOS) : due;
    long undo = performer.dueNanos();
    return Math.min(undo, due == Long.MAX_VALUE ? due : startNanos + Math.max(due, time));
  }

  /// What came of it.
  ///
  /// @throws IllegalStateException if it is not over
  public Verdict verdict() {
    if (!over) {
      throw new IllegalStateException("the scenario is not over");
    }
    List<Finding> all = new ArrayList<>(findings);
    writes.forEach(write -> all.add(write.finding()));
    watches.forEach(watch -> all.add(watch.finding()));
    for (Step step : scenario.steps().subList(next, scenario.steps().size())) {
      notReached(step, all);
    }
    return new Verdict(scenario, all, lastNanos);
  }

  private void notReached(Step step, List<Finding> all) {
    if (step.begin() instanceof Step.Begin.When when
        && findings.stream().noneMatch(found -> found.step() == step.number())) {
      all.add(unreached(step, Kind.START, start(when), step.place()));
    }
    for (Deed deed : step.deeds()) {
      if (deed instanceof Deed.Write write && write.outcome() != null) {
        String what = ExpectedWrite.describe(write, write.outcome());
        all.add(unreached(step, Kind.EXPECTATION, what, write.place()));
      } else {
        all.add(unreached(step, Kind.DEED, deed.toString(), step.place()));
      }
    }
    for (Expectation expectation : step.expectations()) {
      all.add(unreached(step, Kind.EXPECTATION, expectation.toString(), expectation.place()));
    }
  }

  private Finding unreached(Step step, Kind kind, String what, String place) {
    return new Finding(
        step.number(),
        kind,
        what,
        place,
        lastNanos,
        lastNanos,
        Result.NOT_REACHED,
        "the scenario ended before",
        List.of());
  }
}
