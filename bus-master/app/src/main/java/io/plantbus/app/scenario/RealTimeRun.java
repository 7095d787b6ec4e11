package io.plantbus.app.scenario;

import io.plantbus.app.run.StopSignal;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.hal.NanoClock;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.scenario.ScenarioRun;
import io.plantbus.simulators.scenario.Subject;
import io.plantbus.simulators.scenario.Verdict;
import org.jspecify.annotations.Nullable;

/// Runs a scenario on a bench that is served on real endpoints, for somebody else's master.
public final class RealTimeRun {
  private RealTimeRun() {}

  /// Runs it to its end, on this thread.
  ///
  /// @param served the bench of the file
  /// @param stop ends it earlier
  /// @return null if it was stopped
  public static @Nullable Verdict of(
      ScenarioFile file, long seed, ServedBench served, NanoClock clock, StopSignal stop)
      throws InterruptedException {
    Surroundings surroundings = Surroundings.realTime(clock, seed, Transcript.silent());
    ScenarioRun run =
        new ScenarioRun(
            file.scenario(), file.bench(), served.running(), surroundings, Subject.NONE);
    while (!run.isOver()) {
      long now = clock.nanoTime();
      long next = run.step(now);
      if (!run.isOver() && stop.await(Math.max(0, Math.min(next - now, 10_000_000)))) {
        return null;
      }
    }
    return run.verdict();
  }
}
