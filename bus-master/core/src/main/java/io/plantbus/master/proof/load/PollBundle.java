package io.plantbus.master.proof.load;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.bound.TaskGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The polls of one device that have one class and period: all that a schedule needs to know of
/// them, however many there are.
///
/// @param device the name of the device
/// @param priority their class
/// @param load what they take
/// @param answeredNanos from the start of a request to the end of its answer, of the longest one
public record PollBundle(String device, Priority priority, TaskGroup load, long answeredNanos) {
  private record Key(String device, Priority priority, long periodNanos) {}

  static List<PollBundle> of(List<LoadedPoll> polls) {
    Map<Key, PollBundle> bundles = new HashMap<>();
    for (LoadedPoll poll : polls) {
      bundles.merge(
          new Key(poll.device().name(), poll.read().priority(), poll.periodNanos()),
          new PollBundle(
              poll.device().name(),
              poll.read().priority(),
              new TaskGroup(
                  poll.level(),
                  poll.periodNanos(),
                  poll.occupiedNanos(),
                  poll.occupiedNanos(),
                  poll.occupiedNanos()),
              poll.answeredNanos()),
          PollBundle::and);
    }
    return new ArrayList<>(bundles.values());
  }

  private PollBundle and(PollBundle other) {
    return new PollBundle(
        device, priority, load.and(other.load), Math.max(answeredNanos, other.answeredNanos));
  }

  /// How often they are due.
  public long periodNanos() {
    return load.periodNanos();
  }

  /// The same with another period.
  PollBundle every(long nanos) {
    return new PollBundle(device, priority, load.every(nanos), answeredNanos);
  }

  /// Share of the line's time that they take.
  public double utilisation() {
    return load.utilisation();
  }
}
