package io.plantbus.app.soak;

import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.simulators.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Many cases, several at once, until all are run or one fails. Which cases there are depends on
/// the seed alone; of several that fail the first by number is told.
public final class Soak {
  private final long seed;
  private final long caseNanos;
  private final int jobs;

  /// @param seed of the first case; the others follow
  /// @param caseNanos span of each case, 1 s or more
  /// @param jobs cases at once, 1 or more
  public Soak(long seed, long caseNanos, int jobs) {
    this.seed = seed;
    this.caseNanos = caseNanos;
    this.jobs = jobs;
  }

  /// A case that failed.
  public record Failure(SoakCase soakCase, Violation violation) {}

  /// What came out.
  ///
  /// @param count everything that was run
  /// @param failure the first case that failed, or null
  public record Result(SoakCount count, @Nullable Failure failure) {}

  /// The case of a number.
  public SoakCase soakCase(long number) {
    return SoakCase.of(seed + number, caseNanos);
  }

  /// Runs cases until so much time went by on their pairs.
  ///
  /// @param busNanos virtual time, all cases together
  /// @param progress told of what was counted after each case, on the caller's thread
  /// @throws InterruptedException if the caller is interrupted while it waits
  public Result run(long busNanos, Consumer<SoakCount> progress) throws InterruptedException {
    SoakCount all = SoakCount.NONE;
    Failure failure = null;
    List<Future<Done>> running = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            jobs, Thread.ofPlatform().name("soak-", 0).daemon().factory())) {
      long number = 0;
      while (failure == null && all.busNanos() < busNanos) {
        while (running.size() < jobs) {
          SoakCase next = soakCase(number++);
          running.add(threads.submit(() -> runOne(next)));
        }
        Done done = await(running.removeFirst());
        all = all.plus(done.count());
        failure = done.failure();
        progress.accept(all);
      }
      running.forEach(rest -> rest.cancel(true));
      threads.shutdownNow();
    }
    return new Result(all, failure);
  }

  private record Done(SoakCount count, @Nullable Failure failure) {}

  private static Done runOne(SoakCase one) {
    SoakRun run = new SoakRun(one, Transcript.silent());
    Violation violation = run.run();
    return new Done(run.count(), violation == null ? null : new Failure(one, violation));
  }

  private static Done await(Future<Done> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a case failed to run: " + failed.getCause(), failed);
    }
  }
}
