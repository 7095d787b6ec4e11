package io.plantbus.benchmarks.codec;

import io.plantbus.benchmarks.measure.Machine;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Encoding, deframing, decoding and checksums, by JMH with its allocation profiler.
///
/// ```
/// java -cp 'bus-master/benchmarks/target/lib/*' io.plantbus.benchmarks.codec.Codec [forks]
/// ```
public final class Codec {
  private Codec() {}

  /// Prints two Markdown tables.
  ///
  /// @param args how many processes measure one after the other, 2 unless given
  public static void main(String[] args) throws RunnerException {
    Machine.print();
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(Codec.class.getPackageName())
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(args.length > 0 ? Integer.parseInt(args[0]) : 2)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.milliseconds(150))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    System.out.println("| what | registers | ns | ± | bytes allocated |");
    System.out.println("|---|---:|---:|---:|---:|");
    results.stream().filter(result -> parameter(result, "length") == null).forEach(Codec::frames);
    System.out.println();
    System.out.println("| checksum | bytes | ns | MB/s | bytes allocated |");
    System.out.println("|---|---:|---:|---:|---:|");
    results.stream().filter(result -> parameter(result, "length") != null).forEach(Codec::checksum);
  }

  private static void frames(RunResult result) {
    String count = parameter(result, "count");
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.0f |%n",
        name(result),
        count == null ? "" : count,
        nanos(result),
        result.getPrimaryResult().getStatistics().getStandardDeviation(),
        allocated(result));
  }

  private static void checksum(RunResult result) {
    int length = Integer.parseInt(parameter(result, "length"));
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.0f | %.0f |%n",
        name(result),
        length,
        nanos(result),
        1e3 * length / nanos(result),
        allocated(result));
  }

  private static double nanos(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }

  private static String name(RunResult result) {
    return result.getPrimaryResult().getLabel();
  }

  private static String parameter(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  private static double allocated(RunResult result) {
    Result<?> perOperation = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return perOperation == null ? Double.NaN : perOperation.getScore();
  }
}
