package io.plantbus.master.proof.load;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.bound.EarliestDeadline;
import io.plantbus.master.proof.bound.Interference;
import io.plantbus.master.proof.bound.Nanos;
import io.plantbus.master.proof.bound.SharedServers;
import io.plantbus.master.proof.bound.TaskGroup;
import io.plantbus.master.proof.bound.Wait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long the polls of a line wait at worst.
public final class Schedule {
  private record Key(int level, long periodNanos) {
    static Key of(TaskGroup group) {
      return new Key(group.level(), group.periodNanos());
    }
  }

  private final LineLoad load;
  private final Interference above;
  private final Map<Key, Wait> byGroup = new HashMap<>();
  private final Map<String, Long> byDevice = new HashMap<>();
  private final List<TaskGroup> groups;

  private Schedule(LineLoad load, Suspects suspects) {
    this.load = load;
    this.above =
        load.writes()
            .aheadOfPolls(load.longestPollNanos())
            .withBucket(suspects.burstNanos(), suspects.sharePpm());
    this.groups = groups(load.bundles());
  }

  /// Works it out.
  ///
  /// @param suspects what goes to silent devices
  public static Schedule of(LineLoad load, Suspects suspects) {
    Schedule schedule = new Schedule(load, suspects);
    if (load.window() == 1) {
      schedule.oneAtATime();
    } else {
      schedule.windowed();
    }
    return schedule;
  }

  private static List<TaskGroup> groups(Collection<PollBundle> bundles) {
    Map<Key, TaskGroup> groups = new HashMap<>();
    for (PollBundle bundle : bundles) {
      groups.merge(Key.of(bundle.load()), bundle.load(), TaskGroup::and);
    }
    return List.copyOf(groups.values());
  }

  private void oneAtATime() {
    for (Wait wait : EarliestDeadline.waits(groups, above, load.writes().occupiedNanos())) {
      byGroup.put(Key.of(wait.group()), wait);
    }
  }

  private void windowed() {
    int window = load.window();
    SharedServers servers =
        new SharedServers(window, load.devices().size() == 1 ? window : window - 1);
    Map<String, List<PollBundle>> bundles = new HashMap<>();
    for (PollBundle bundle : load.bundles()) {
      bundles.computeIfAbsent(bundle.device(), _ -> new ArrayList<>()).add(bundle);
    }
    Interference writes = above.withBucket(0, 0);
    bundles.forEach(
        (device, its) ->
            byDevice.put(device, servers.waitNanos(groups, groups(its), above, writes)));
  }

  private long waitNanos(String device, Key key) {
    if (load.window() > 1) {
      return byDevice.getOrDefault(device, Nanos.UNBOUNDED);
    }
    Wait wait = byGroup.get(key);
    return wait == null ? Nanos.UNBOUNDED : wait.nanos();
  }

  /// From the release of a poll to the end of its answer, at most.
  public long responseNanos(LoadedPoll poll) {
    Key key = new Key(poll.level(), poll.periodNanos());
    return Nanos.plus(waitNanos(poll.device().name(), key), poll.answeredNanos());
  }

  /// Whether a poll may end after it is due again.
  public boolean isLate(LoadedPoll poll) {
    return responseNanos(poll) >= poll.periodNanos();
  }

  /// Whether one of these polls may end after it is due again.
  public boolean isLate(PollBundle bundle) {
    long wait = waitNanos(bundle.device(), Key.of(bundle.load()));
    return Nanos.plus(wait, bundle.answeredNanos()) >= bundle.periodNanos();
  }

  /// Whether all classes but the background keep their deadlines.
  public boolean holds() {
    for (PollBundle bundle : load.bundles()) {
      if (bundle.priority() != Priority.BACKGROUND && isLate(bundle)) {
        return false;
      }
    }
    return true;
  }

  /// Whether every case was looked at.
  public boolean isExact() {
    return load.window() == 1 && byGroup.values().stream().allMatch(Wait::exact);
  }

  /// From queueing a write to its acknowledgement, at most.
  ///
  /// @param silent whether a device that was asked just before may be silent
  public long writeNanos(Priority priority, boolean silent) {
    WriteLoad writes = load.writes();
    long poll = load.longestPollNanos();
    long underWay = Math.max(writes.occupiedNanos(), poll);
    if (silent) {
      underWay = Math.max(underWay, load.timedOutNanos());
    }
    long own = writes.occupiedNanos();
    long free =
        switch (priority) {
          case SAFETY, CONTROL -> amongWrites(priority, own, underWay);
          case NORMAL -> amongWrites(priority, own + alternating(poll, silent), underWay);
          case BACKGROUND -> behindPolls(underWay);
        };
    return free == Nanos.UNBOUNDED ? free : free - own + writes.answeredNanos();
  }

  /// What takes turns with writes: polls that are late.
  private long alternating(long longestPollNanos, boolean silent) {
    boolean anyLate = silent;
    for (PollBundle bundle : load.bundles()) {
      anyLate |= isLate(bundle);
    }
    long turn = silent ? Math.max(longestPollNanos, load.timedOutNanos()) : longestPollNanos;
    return anyLate ? turn : 0;
  }

  /// When the line is free after a write and all that went ahead of it.
  private long amongWrites(Priority priority, long eachNanos, long underWayNanos) {
    Interference ahead = load.writes().upTo(priority, eachNanos);
    return ahead.arrivals().isEmpty()
        ? Nanos.plus(underWayNanos, eachNanos)
        : EarliestDeadline.busyNanos(List.of(), ahead, underWayNanos);
  }

  private long behindPolls(long underWayNanos) {
    long own = load.writes().occupiedNanos();
    long ahead = underWayNanos;
    if (load.window() == 1) {
      ahead = EarliestDeadline.busyNanos(groups, above, underWayNanos);
    } else {
      for (long wait : byDevice.values()) {
        ahead = Math.max(ahead, Nanos.plus(wait, underWayNanos));
      }
    }
    return Nanos.plus(ahead, own);
  }
}
