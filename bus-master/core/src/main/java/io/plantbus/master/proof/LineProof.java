package io.plantbus.master.proof;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.load.Turnaround;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is proven of one line.
///
/// @param line its name
/// @param verdict whether it works
/// @param utilisation how loaded it is
/// @param polls its planned reads
/// @param writes by class; empty if nothing can be written
/// @param silent the cost of one, two, four … and of all devices that are silent
/// @param findings what a person should know, the gravest first
/// @param remedies each of them alone makes a line that is rejected work, or, if it is not, makes
///   it keep its deadlines while a device is silent
/// @param turnarounds what is taken for each device
/// @param exact whether every case was looked at; otherwise the bounds are higher than they had to
///   be
public record LineProof(
    String line,
    Verdict verdict,
    Utilisation utilisation,
    List<PollBound> polls,
    List<WriteBound> writes,
    List<SilentCost> silent,
    List<Finding> findings,
    List<Remedy> remedies,
    List<Turnaround> turnarounds,
    boolean exact) {
  public LineProof {
    polls = List.copyOf(polls);
    writes = List.copyOf(writes);
    silent = List.copyOf(silent);
    findings = List.copyOf(findings);
    remedies = List.copyOf(remedies);
    turnarounds = List.copyOf(turnarounds);
  }

  /// All tags that are read.
  public List<TagBound> tags() {
    return polls.stream()
        .flatMap(poll -> poll.tags().stream().map(tag -> new TagBound(tag, poll)))
        .toList();
  }

  /// The tag that comes nearest to missing its turn, or misses it worst, the background last; null
  /// if none is read.
  public @Nullable TagBound worst() {
    Comparator<PollBound> order =
        Comparator.<PollBound, Boolean>comparing(poll -> poll.priority() != Priority.BACKGROUND)
            .thenComparingDouble(poll -> (double) poll.responseNanos() / poll.periodNanos());
    PollBound worst = polls.stream().max(order).orElse(null);
    return worst == null ? null : new TagBound(worst.tags().getFirst(), worst);
  }
}
