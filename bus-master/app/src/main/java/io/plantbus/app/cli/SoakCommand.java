package io.plantbus.app.cli;

import io.plantbus.app.run.Json;
import io.plantbus.app.soak.Shrinker;
import io.plantbus.app.soak.Soak;
import io.plantbus.app.soak.SoakCase;
import io.plantbus.app.soak.SoakCount;
import io.plantbus.app.soak.SoakReport;
import io.plantbus.app.soak.SoakRun;
import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.simulators.Transcript;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `soak`: many hours of a simulated plant with faults on, every step checked.
@Command(
    name = "soak",
    description = {
      "Runs simulated plants for many hours of their time, with faults on, and checks at every step"
          + " what must always be true of a master.",
      "A case that fails is made as small as it goes, and told with the command that repeats it."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus soak --seed 1 --hours 100",
      "  plantbus soak --repeat 42/812s/devices=0..3+7"
    })
final class SoakCommand implements Callable<Integer> {
  private static final double NANOS_PER_HOUR = 3.6e12;
  private static final int MOST_SHRINKING_RUNS = 2_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the first case; the others count on from it (default: a fresh one).")
  private @Nullable Long seed;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "Hours on the simulated pair, all cases together (default: 24).")
  private double hours = 24;

  @Option(
      names = "--case",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "How long one case lasts, 10s to 240h (default: 1h).")
  private Duration span = Duration.ofHours(1);

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Cases at once, 1..64 (default: one per processor).")
  private int jobs = Math.min(64, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--repeat",
      paramLabel = "CASE",
      description = "Run this one case, and show what went over its lines at the end.")
  private @Nullable String repeat;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "Lines of the transcript that --repeat shows, 0..10000 (default: 40).")
  private int lines = 40;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    require(hours > 0 && hours <= 1_000_000, "--hours takes more than 0, up to 1000000");
    require(jobs >= 1 && jobs <= 64, "--jobs takes 1..64");
    require(lines >= 0 && lines <= 10_000, "--lines takes 0..10000");
    require(
        span.toSeconds() >= 10 && span.toHours() <= 240,
        "--case takes 10s to 240h; run longer ones as several cases");
    String one = repeat;
    return one == null ? soak() : repeated(parsed(one));
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }

  private SoakCase parsed(String text) {
    try {
      return SoakCase.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private int soak() throws InterruptedException {
    long first = seed == null ? new SplittableRandom().nextLong(1L << 48) : seed;
    SoakReport report = new SoakReport(spec.commandLine().getOut(), first, jobs);
    if (!json) {
      report.begin(hours);
    }
    long began = System.nanoTime();
    Soak soak = new Soak(first, Math.min(span.toNanos(), (long) (hours * NANOS_PER_HOUR)), jobs);
    Soak.Result result =
        soak.run(
            (long) (hours * NANOS_PER_HOUR),
            count -> {
              if (!json) {
                report.progress(count, System.nanoTime() - began);
              }
            });
    long tookNanos = System.nanoTime() - began;
    Soak.Failure failure = result.failure();
    Shrinker.Result small =
        failure == null
            ? null
            : Shrinker.shrink(failure.soakCase(), failure.violation(), MOST_SHRINKING_RUNS);
    if (json) {
      Json.print(
          spec.commandLine().getOut(),
          members -> report.write(members, result.count(), tookNanos, failure, small));
    } else {
      report.print(result.count(), tookNanos);
      if (failure != null && small != null) {
        report.print(failure, small);
      }
    }
    return failure == null ? ExitCode.OK.code() : ExitCode.INTERNAL.code();
  }

  private int repeated(SoakCase one) {
    PrintWriter out = spec.commandLine().getOut();
    Transcript transcript = Transcript.bounded(Math.max(1, lines));
    SoakRun run = new SoakRun(one, transcript);
    Violation violation = run.run();
    SoakCount count = run.count();
    if (json) {
      Json.print(
          out,
          members -> {
            members.writeStringField("case", one.toString());
            members.writeNumberField("transactions", count.transactions());
            members.writeStringField("digest", Long.toHexString(transcript.digest()));
            if (violation != null) {
              members.writeStringField("violation", violation.toString());
            }
          });
    } else {
      if (lines > 0) {
        transcript.lines().forEach(out::println);
        out.println();
      }
      out.println(violation == null ? "Nothing was violated." : "Violated at " + violation);
      out.printf(
          "%,d transactions; %,d lines of transcript, digest %016x%n",
          count.transactions(), transcript.count(), transcript.digest());
    }
    return violation == null ? ExitCode.OK.code() : ExitCode.INTERNAL.code();
  }
}
