package io.plantbus.app.cli;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.live.TerminalWidth;
import io.plantbus.app.run.Json;
import io.plantbus.app.run.StopSignal;
import io.plantbus.app.scenario.JsonReport;
import io.plantbus.app.scenario.JunitReport;
import io.plantbus.app.scenario.MarkdownReport;
import io.plantbus.app.scenario.RealTimeRun;
import io.plantbus.app.scenario.ScenarioFile;
import io.plantbus.app.scenario.ScenarioReport;
import io.plantbus.app.scenario.TextReport;
import io.plantbus.app.scenario.VirtualRun;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.scenario.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `simulate`: serves simulated slaves on real endpoints, or runs a scenario on them.
@Command(
    name = "simulate",
    description = {
      "Serves simulated slaves on real endpoints, for any master.",
      "With a scenario: runs it in virtual time, and reports whether everything that it expects"
          + " came."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus simulate bench.yaml",
      "  plantbus simulate acceptance.yaml --junit target/acceptance.xml --report acceptance.md",
      "  plantbus simulate acceptance.yaml --real-time --endpoints"
    })
final class SimulateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.yaml", description = "The bench file, or a scenario file.")
  private Path file = Path.of("");

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "Stop serving a bench after this time (default: at Ctrl-C).")
  private @Nullable Duration span;

  @Option(
      names = "--profiles",
      paramLabel = "FOLDER",
      description = "Folder with profiles of your own.")
  private @Nullable Path profiles;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all random numbers, instead of that in the file.")
  private @Nullable Long seed;

  @Option(
      names = "--json",
      description = "One JSON object per endpoint; for a scenario one per step and expectation.")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the report of a scenario as JUnit XML, too.")
  private @Nullable Path junit;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the report of a scenario as Markdown, to be signed, too.")
  private @Nullable Path markdown;

  @Option(
      names = "--real-time",
      description =
          "Run a scenario on real endpoints, for somebody else's master: expectations are of"
              + " slaves and of the process only.")
  private boolean realTime;

  @Option(
      names = "--endpoints",
      description = "With --real-time: tell where the slaves are reached, before it begins.")
  private boolean endpoints;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    if (ScenarioFile.isScenario(file)) {
      return scenario();
    }
    if (junit != null || markdown != null || realTime || endpoints) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--junit, --report, --real-time and --endpoints go with a scenario file: one with 'bench:'"
              + " and 'steps:'");
    }
    Bench read = ConfigurationFiles.valueOf(BenchFile.read(file, profiles, System::getenv));
    Bench bench = seed == null ? read : read.withSeed(seed);
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.PORT.code();
    try (Adapters adapters = new Adapters(NanoClock.system());
        ServedBench served = ServedBench.start(bench, adapters, temporary())) {
      tell(bench, served);
      stop.await(span == null ? Long.MAX_VALUE : span.toNanos());
      code = ExitCode.OK.code();
    } finally {
      stop.finished(code);
    }
    return code;
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private void tell(Bench bench, ServedBench served) {
    PrintWriter out = spec.commandLine().getOut();
    for (BenchLine line : bench.lines()) {
      EndpointText endpoint = EndpointText.of(line, served);
      if (json) {
        Json.print(out, endpoint::write);
      } else {
        endpoint.print(out);
      }
    }
    out.flush();
  }

  private int scenario() throws PortException, InterruptedException {
    if (endpoints && !realTime) {
      throw new CommandFailure(
          ExitCode.USAGE, "in virtual time there are no endpoints: write --real-time, too");
    }
    ScenarioFile read =
        ConfigurationFiles.valueOf(ScenarioFile.read(file, profiles, realTime, System::getenv));
    long chosen = seed == null ? read.seed() : seed;
    Verdict verdict = realTime ? inRealTime(read, chosen) : VirtualRun.of(read, chosen);
    if (verdict == null) {
      return ExitCode.EXPECTATION.code();
    }
    ScenarioReport report =
        new ScenarioReport(
            read, verdict, chosen, BuildVersion.nameAndVersion(), repeat(chosen), realTime);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonReport.print(report, out);
    } else {
      TextReport.print(report, out, TerminalWidth.isTerminal());
    }
    keep(report);
    return (verdict.isMet() ? ExitCode.OK : ExitCode.EXPECTATION).code();
  }

  private @Nullable Verdict inRealTime(ScenarioFile read, long chosen)
      throws PortException, InterruptedException {
    StopSignal stop = StopSignal.listen();
    try (Adapters adapters = new Adapters(NanoClock.system());
        ServedBench served =
            ServedBench.start(read.bench().withSeed(chosen), adapters, temporary())) {
      if (endpoints) {
        tell(read.bench(), served);
      }
      return RealTimeRun.of(read, chosen, served, adapters.clock(), stop);
    } finally {
      stop.finished(ExitCode.EXPECTATION.code());
    }
  }

  private String repeat(long chosen) {
    String own = profiles == null ? "" : " --profiles " + profiles;
    return "plantbus simulate "
        + file
        + own
        + (realTime ? " --real-time" : "")
        + " --seed "
        + chosen;
  }

  private void keep(ScenarioReport report) {
    try {
      if (junit != null) {
        JunitReport.write(report, junit);
      }
      if (markdown != null) {
        MarkdownReport.write(report, markdown);
      }
    } catch (IOException failure) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the report cannot be written: "
              + failure.getMessage()
              + ": name a file in a folder that"
              + " is there");
    }
  }
}
