package io.plantbus.benchmarks.plant;

import io.plantbus.benchmarks.measure.Machine;
import io.plantbus.benchmarks.measure.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The whole program: start, resident memory, processor time and threads as plants grow in tags and
/// in lines. The simulated slaves run in a process of their own, but for the demo plant.
///
/// ```
/// java -cp 'bus-master/benchmarks/target/lib/*' io.plantbus.benchmarks.plant.WholePlant ./plantbus \
///   bus-master/app/src/main/resources/io/plantbus/app/demo/pump-station.yaml [seconds]
/// ```
public final class WholePlant {
  private static final int DEMO_RUNS = 3;
  private static final int DEMO_TAGS = 29;
  private static final int SETTLE_SECONDS = 9;
  private static final long MILLIS = 4_000;

  private WholePlant() {}

  /// Runs the launcher `args[0]`, first with the plant file `args[1]`, and prints Markdown tables.
  /// Each plant is looked at after `args[2]` seconds, 9 unless given.
  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.print();
    long settleMillis = 1_000L * (args.length > 2 ? Integer.parseInt(args[2]) : SETTLE_SECONDS);
    Rounds starts = new Rounds();
    Rounds megabytes = new Rounds();
    for (int run = -1; run < DEMO_RUNS; run++) {
      PlantRun demo =
          PlantRun.of(args[0], Path.of(args[1]), List.of("--simulate"), DEMO_TAGS, 3_000, 1_000);
      if (run >= 0) {
        starts.add(demo.startSeconds());
        megabytes.add(demo.usage().residentMegabytes());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Demo plant with its slaves in the same process: first complete poll after %.2f s, %.0f MB%n%n",
        starts.median(),
        megabytes.median());
    head("tags");
    grow(
        args[0],
        settleMillis,
        "tags",
        List.of(
            new GrownPlant(1, 1, 100, 0),
            new GrownPlant(1, 10, 100, 0),
            new GrownPlant(10, 10, 100, 0),
            new GrownPlant(100, 10, 100, 0)));
    head("devices");
    grow(
        args[0],
        settleMillis,
        "lines",
        List.of(
            new GrownPlant(50, 1, 10, 16),
            new GrownPlant(100, 1, 10, 16),
            new GrownPlant(200, 1, 10, 16),
            new GrownPlant(500, 1, 10, 16)));
  }

  private static void head(String what) {
    System.out.printf(
        "Growing in %s:%n%n| tags | TCP lines | serial lines | first complete poll | resident | of one core | threads |%n"
            + "|---:|---:|---:|---:|---:|---:|---:|%n",
        what);
  }

  private static void grow(String launcher, long settleMillis, String unit, List<GrownPlant> plants)
      throws IOException, InterruptedException {
    double[] sizes = new double[plants.size()];
    double[] memory = new double[plants.size()];
    double[] cpu = new double[plants.size()];
    for (int i = 0; i < plants.size(); i++) {
      GrownPlant plant = plants.get(i);
      PlantRun run = PlantRun.of(launcher, plant, settleMillis, MILLIS);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %d | %d | %.2f s | %.0f MB | %.1f %% | %d |%n",
          plant.tagCount(),
          plant.tcpLines(),
          plant.serialLines(),
          run.startSeconds(),
          run.usage().residentMegabytes(),
          run.cpuPercent(),
          run.usage().threads());
      sizes[i] = unit.equals("tags") ? plant.tagCount() : plant.tcpLines();
      memory[i] = run.usage().residentMegabytes() * 1024;
      cpu[i] = run.cpuPercent();
    }
    System.out.printf(
        Locale.ROOT,
        "%nEach of the %s takes %.2f KB and %.5f %% of a core (least squares).%n%n",
        unit,
        slope(sizes, memory),
        slope(sizes, cpu));
  }

  /// Of the straight line with the least squares.
  private static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double together = 0;
    double alone = 0;
    for (int i = 0; i < x.length; i++) {
      together += (x[i] - meanX) * (y[i] - meanY);
      alone += (x[i] - meanX) * (x[i] - meanX);
    }
    return together / alone;
  }
}
