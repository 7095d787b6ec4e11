package io.plantbus.app.status;

import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.TagAge;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.proof.Comparison;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.proof.Verdict;
import io.plantbus.master.proof.load.Turnaround;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was proven of one line before it ran, beside what was measured since.
///
/// @param line its name
/// @param share of its time; null before there is enough to tell, or if nothing was proven
/// @param worst the tag that came nearest to what was proven of it, or went furthest beyond; null
///   before one can be told
/// @param exceeded tags that got older than was proven
public record Prediction(
    String line,
    Comparison.@Nullable LineShare share,
    Comparison.@Nullable TagAge worst,
    List<Exceeded> exceeded) {
  /// Less says little about a line.
  private static final long LEAST_NANOS = 5_000_000_000L;

  private static final int NAMED = 3;

  /// A tag that got older than was proven.
  ///
  /// @param device whose it is
  /// @param age both ages
  /// @param reason why that may be; empty if it is not known
  public record Exceeded(String device, Comparison.TagAge age, String reason) {}

  public Prediction {
    exceeded = List.copyOf(exceeded);
  }

  /// Compares.
  ///
  /// @param proof of the plant that runs
  /// @param devices of the line
  /// @param total since the start instead of over the last minute, for the share of time
  /// @return null if nothing was proven of the line
  public static @Nullable Prediction of(
      PlanProof proof, LineReport line, List<DeviceReport> devices, boolean total) {
    LineProof own =
        proof.lines().stream()
            .filter(each -> each.line().equals(line.name()))
            .findFirst()
            .orElse(null);
    if (own == null || own.verdict() == Verdict.NOT_PROVEN) {
      return null;
    }
    Map<String, Long> ages = new HashMap<>();
    for (DeviceReport device : devices) {
      for (TagAge age : device.usage().ages()) {
        ages.put(age.tag(), age.oldestNanos());
      }
    }
    LineTime time = (total ? line.usage().total() : line.usage().recent()).time();
    Comparison comparison =
        Comparison.of(
            new PlanProof(proof.assumptions(), List.of(own)),
            ages,
            time.totalNanos() < LEAST_NANOS
                ? Map.of()
                : Map.of(line.name(), (double) time.takenNanos() / time.totalNanos()));
    return new Prediction(
        line.name(),
        comparison.lines().isEmpty() ? null : comparison.lines().getFirst(),
        comparison.tags().stream()
            .max(
                Comparator.comparingDouble(
                    age -> (double) age.measuredNanos() / age.predictedNanos()))
            .orElse(null),
        exceeded(own, devices, comparison));
  }

  private static List<Exceeded> exceeded(
      LineProof proof, List<DeviceReport> devices, Comparison comparison) {
    Map<String, TagBound> bounds =
        proof.tags().stream()
            .collect(
                Collectors.toMap(bound -> bound.tag().name(), bound -> bound, (one, _) -> one));
    List<Exceeded> exceeded = new ArrayList<>();
    for (Comparison.TagAge age : comparison.tags()) {
      TagBound bound = bounds.get(age.tag());
      if (!age.holds() && bound != null) {
        String device = bound.poll().device();
        exceeded.add(new Exceeded(device, age, reason(proof, devices, device)));
      }
    }
    return exceeded;
  }

  /// The device itself first, then its neighbours, then the plan.
  private static String reason(LineProof proof, List<DeviceReport> devices, String name) {
    List<String> slow = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    String own = "";
    for (DeviceReport device : devices) {
      String slower = slower(proof, device);
      long lost = device.usage().total().traffic().timeouts();
      if (device.name().equals(name)) {
        own =
            !slower.isEmpty()
                ? slower
                : lost > 0 ? "requests to it were not answered, " + lost + " times" : "";
      } else if (device.health() == Health.DOWN || lost > 0) {
        silent.add(device.name());
      } else if (!slower.isEmpty()) {
        slow.add(device.name() + ": " + slower);
      }
    }
    if (!own.isEmpty()) {
      return own;
    }
    if (!silent.isEmpty()) {
      return "the line waited for " + names(silent) + " in vain";
    }
    if (!slow.isEmpty()) {
      return slow.getFirst();
    }
    return proof.verdict().isRejected() ? "more is asked of the line than it can do" : "";
  }

  private static String slower(LineProof proof, DeviceReport device) {
    long longest = device.usage().latency().maxNanos();
    for (Turnaround turnaround : proof.turnarounds()) {
      if (turnaround.device().equals(device.name()) && longest > turnaround.nanos()) {
        String how =
            switch (turnaround.source()) {
              case STATED -> "stated";
              case OBSERVED -> "seen before";
              case ASSUMED -> "assumed";
            };
        return "it took up to %s to answer, %s were %s"
            .formatted(millis(longest), millis(turnaround.nanos()), how);
      }
    }
    return "";
  }

  private static String names(List<String> names) {
    return names.size() <= NAMED + 1
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }

  /// Both in words, such as `12.0% of its time taken, 43.1% proven at most; tank.level 240 ms old,
  /// 412 ms proven at most`; empty if nothing can be told yet.
  public String summary() {
    List<String> parts = new ArrayList<>();
    if (share != null) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%.1f%% of its time taken, %.1f%% proven at most",
              100 * share.measured(),
              100 * share.predicted()));
    }
    if (worst != null) {
      parts.add(
          "%s was up to %s old, %s proven at most"
              .formatted(
                  worst.tag(), millis(worst.measuredNanos()), millis(worst.predictedNanos())));
    }
    return String.join("; ", parts);
  }

  /// A sentence about each device of which tags got older than was proven.
  public List<String> sentences() {
    Map<String, List<Exceeded>> byDevice = new LinkedHashMap<>();
    for (Exceeded each : exceeded) {
      byDevice.computeIfAbsent(each.device(), _ -> new ArrayList<>()).add(each);
    }
    List<String> sentences = new ArrayList<>();
    for (List<Exceeded> tags : byDevice.values()) {
      Exceeded first = tags.getFirst();
      sentences.add(
          "%s got older than proven, %s instead of %s at most%s"
              .formatted(
                  names(tags.stream().map(each -> each.age().tag()).toList()),
                  millis(first.age().measuredNanos()),
                  millis(first.age().predictedNanos()),
                  first.reason().isEmpty() ? "" : ": " + first.reason()));
    }
    return sentences;
  }

  private static String millis(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return "no end";
    }
    return nanos < 10_000_000
        ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
        : Math.round(nanos / 1e6) + " ms";
  }
}
