package io.plantbus.master.proof;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.load.LineLoad;
import io.plantbus.master.proof.load.PollBundle;
import java.util.EnumMap;
import java.util.Map;

/// The share of its time that a line is taken at worst, while every device answers. 1 is all of it;
/// more is asked for than there is. Where several transactions may be under way, it is the share of
/// all of them together.
///
/// @param window the most transactions under way at once
/// @param polls by class
/// @param writes those that are assumed, and the reads after them
/// @param silent what requests to silent devices may take on top
public record Utilisation(int window, Map<Priority, Double> polls, double writes, double silent) {
  public Utilisation {
    polls = Map.copyOf(polls);
  }

  static Utilisation of(LineLoad load) {
    Map<Priority, Double> polls = new EnumMap<>(Priority.class);
    for (PollBundle bundle : load.bundles()) {
      polls.merge(bundle.priority(), bundle.utilisation() / load.window(), Double::sum);
    }
    double writes = load.writes().aheadOfPolls(load.longestPollNanos()).utilisation();
    return new Utilisation(
        load.window(),
        polls,
        writes / load.window(),
        load.line().isolation().suspectShare() / load.window());
  }

  /// Polls of one class.
  public double of(Priority priority) {
    return polls.getOrDefault(priority, 0.0);
  }

  /// All polls.
  public double allPolls() {
    return polls.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /// Polls and writes.
  public double total() {
    return allPolls() + writes;
  }

  /// The share of time in which any transaction at all is under way at most, 0..1.
  public double anyUnderWay() {
    return Math.min(1, (total() + silent) * window);
  }

  /// Without what may wait for a time when nothing else is due.
  public double inTime() {
    return total() - of(Priority.BACKGROUND);
  }
}
