package io.plantbus.app.proof;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.Remedy;
import io.plantbus.master.proof.SilentCost;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.proof.Utilisation;
import io.plantbus.master.proof.Verdict;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.master.proof.load.Turnaround;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was proven, as a table with sentences below it.
public final class PlanTable {
  private static final int BAR = 12;
  private static final int NAMED = 4;

  private final ProvenPlant proven;
  private final Places places;

  /// @param environment gives the value of a variable, or null if it is not set
  public PlanTable(ProvenPlant proven, Function<String, @Nullable String> environment) {
    this.proven = proven;
    this.places = Places.of(proven, environment);
  }

  /// Prints the table, its findings, its remedies and its assumptions.
  public void print(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("line", "load", "worst tag", "age", "write", "1 silent", "all silent", "verdict"));
    proven.proof().lines().forEach(line -> rows.add(row(line)));
    TextTable.print(out, rows);
    for (LineProof line : proven.proof().lines()) {
      details(out, line);
    }
    assumptions(out);
  }

  private static List<String> row(LineProof line) {
    if (line.verdict() == Verdict.NOT_PROVEN) {
      return List.of(line.line(), "", "", "", "", "", "", "not proven");
    }
    TagBound worst = line.worst();
    List<SilentCost> silent = line.silent();
    return List.of(
        line.line(),
        bar(line.utilisation().total()) + " " + percent(line.utilisation().total()),
        worst == null ? "" : worst.tag().name(),
        worst == null ? "" : Spans.of(worst.ageNanos()),
        line.writes().isEmpty() ? "" : Spans.of(line.writes().getFirst().latencyNanos()),
        silent.isEmpty() ? "" : Spans.of(silent.getFirst().atFirst().ageNanos()),
        silent.isEmpty() ? "" : Spans.of(silent.getLast().atFirst().ageNanos()),
        verdict(line.verdict()));
  }

  static String verdict(Verdict verdict) {
    return switch (verdict) {
      case WORKS -> "works";
      case NOT_PROVEN -> "not proven";
      case LATE -> "misses deadlines";
      case OVERLOADED -> "too much";
    };
  }

  private static String bar(double share) {
    int full = (int) Math.clamp(Math.ceil(share * BAR), 0, BAR);
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", Math.ceil(100 * share));
  }

  private void details(PrintWriter out, LineProof line) {
    if (line.verdict() != Verdict.NOT_PROVEN) {
      out.println(line.line() + ": " + shares(line.utilisation()) + writes(line));
    }
    for (Finding finding : line.findings()) {
      out.println(
          "%s: %s%s"
              .formatted(gravity(finding), places.of(line.line(), finding), finding.message()));
    }
    for (Remedy remedy : line.remedies()) {
      out.println("  it would do to " + remedy.words());
    }
    if (line.verdict().isRejected() && line.remedies().isEmpty()) {
      out.println("  no single change of speed, periods, lines or window would do");
    }
  }

  private static String gravity(Finding finding) {
    if (finding.isRejection()) {
      return "rejected";
    }
    return finding.kind() == Finding.Kind.NOT_PROVEN ? "note" : "warning";
  }

  /// Such as `safety 3 %, normal 20 %, writes 4 %`.
  private static String shares(Utilisation utilisation) {
    List<String> shares = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (utilisation.of(priority) > 0) {
        shares.add(
            priority.name().toLowerCase(Locale.ROOT) + " " + percent(utilisation.of(priority)));
      }
    }
    if (utilisation.writes() > 0) {
      shares.add("writes " + percent(utilisation.writes()));
    }
    shares.add("silent devices up to " + percent(utilisation.silent()));
    return String.join(", ", shares);
  }

  private static String writes(LineProof line) {
    if (line.writes().isEmpty()) {
      return "";
    }
    List<String> each = new ArrayList<>();
    for (var bound : line.writes()) {
      each.add(
          bound.priority().name().toLowerCase(Locale.ROOT) + " " + Spans.of(bound.latencyNanos()));
    }
    return "; a write takes up to: "
        + String.join(", ", each)
        + "; "
        + Spans.of(line.writes().getFirst().besideSilentNanos())
        + " behind a silent device";
  }

  private void assumptions(PrintWriter out) {
    Assumptions taken = proven.proof().assumptions();
    out.println(
        "Assumed: up to %s writes per second and line beside those of loops, %s at once;"
                .formatted(number(taken.writesPerSecond()), taken.writesAtOnce())
            + " devices answer as fast as is known of them:");
    Map<Turnaround.Source, List<String>> bySource = new EnumMap<>(Turnaround.Source.class);
    for (LineProof line : proven.proof().lines()) {
      for (Turnaround turnaround : line.turnarounds()) {
        bySource
            .computeIfAbsent(turnaround.source(), _ -> new ArrayList<>())
            .add(turnaround.device() + " " + Spans.of(turnaround.nanos()));
      }
    }
    bySource.forEach((source, devices) -> out.println("  " + told(source) + named(devices)));
  }

  private static String told(Turnaround.Source source) {
    return switch (source) {
      case STATED -> "stated in the plant file: ";
      case OBSERVED -> "the longest observed: ";
      case ASSUMED -> "not known, so taken as: ";
    };
  }

  private static String named(List<String> devices) {
    int more = devices.size() - NAMED;
    return String.join(", ", devices.subList(0, Math.min(NAMED, devices.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String number(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /// Prints every tag with the oldest that it gets.
  public void printTags(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("tag", "class", "period", "oldest", "beside silent ones", "counts as old"));
    for (LineProof line : proven.proof().lines()) {
      for (TagBound bound : line.tags()) {
        rows.add(
            List.of(
                bound.tag().name(),
                bound.poll().priority().name().toLowerCase(Locale.ROOT),
                Spans.of(bound.poll().periodNanos()),
                Spans.of(bound.ageNanos()),
                Spans.of(bound.ageBesideSilentNanos()),
                Spans.of(bound.tag().staleAfterNanos())));
      }
    }
    TextTable.print(out, rows);
  }
}
