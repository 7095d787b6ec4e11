package io.plantbus.master.poll;

import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Covers the tags of a device with the requests that take least of the line.
///
/// Tags of one table, priority and period are covered together, exactly: sorted by address, there
/// is always a cheapest set of requests each of which brings tags that stand next to each other,
/// and dynamic programming over where a request ends finds it. Of plans that cost the same, the one
/// with the fewest requests is taken. A tag that lies within a request of the same or a higher
/// priority, due at least as often, comes with that one and costs nothing.
///
/// @param cost what a request to this device takes
public record LeastCostPlanner(RequestCost cost) implements PollPlanner {
  /// What a device takes before it answers, until that is measured.
  private static final long SERIAL_TURNAROUND_NANOS = 5_000_000;

  private static final long TCP_ROUND_TRIP_NANOS = 1_000_000;

  private static final Comparator<Member> BY_ADDRESS =
      Comparator.<Member>comparingInt(member -> member.range().start())
          .thenComparingInt(member -> member.range().count())
          .thenComparing(member -> member.tag().name());

  private record Member(TagSpec tag, AddressRange range) {}

  /// What is read together.
  private record Group(Priority priority, long periodNanos, DataTable table)
      implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::priority)
            .thenComparingLong(Group::periodNanos)
            .thenComparing(Group::table);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /// One request in the making.
  private record Block(Group group, AddressRange range, List<Member> members) {
    PlannedRead read() {
      members.sort(BY_ADDRESS);
      return new PlannedRead(
          new Request.Read(group.table(), range),
          group.periodNanos(),
          group.priority(),
          members.stream().map(Member::tag).toList());
    }
  }

  /// A planner for the devices of a line, of which nothing is known but the line.
  ///
  /// @throws IllegalArgumentException if it is no Modbus line
  public static LeastCostPlanner of(LineSpec line) {
    return of(line, 0);
  }

  /// A planner for a device of a line.
  ///
  /// @param turnaroundNanos what the device takes from the end of a request to the start of its
  ///   answer; 0 if that is not known
  /// @throws IllegalArgumentException if it is no Modbus line
  public static LeastCostPlanner of(LineSpec line, long turnaroundNanos) {
    WireTime wire = WireTime.of(line);
    long assumed = wire.byteNanos() == 0 ? TCP_ROUND_TRIP_NANOS : SERIAL_TURNAROUND_NANOS;
    return new LeastCostPlanner(wire.cost(turnaroundNanos == 0 ? assumed : turnaroundNanos));
  }

  @Override
  public List<PlannedRead> plan(List<TagSpec> tags, ReadableSpace space) {
    Map<Group, List<Member>> groups = new TreeMap<>();
    for (TagSpec tag : tags) {
      if (tag.periodNanos() > 0
          && tag.resource().access().canRead()
          && tag.resource().point() instanceof Point.Modbus(DataTable table, var range, _)
          && space.endFrom(table, range.start()) > range.last()) {
        groups
            .computeIfAbsent(
                new Group(tag.priority(), tag.periodNanos(), table), _ -> new ArrayList<>())
            .add(new Member(tag, range));
      }
    }
    List<Block> plan = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          List<Member> rest = new Riders(plan, group).board(members);
          rest.sort(BY_ADDRESS);
          cover(group, rest, space, plan);
        });
    return plan.stream().map(Block::read).toList();
  }

  private void cover(Group group, List<Member> members, ReadableSpace space, List<Block> plan) {
    int[] next = cuts(group.table(), members, space);
    for (int from = 0; from < members.size(); from = next[from]) {
      int start = members.get(from).range().start();
      int last = start;
      List<Member> covered = new ArrayList<>(members.subList(from, next[from]));
      for (Member member : covered) {
        last = Math.max(last, member.range().last());
      }
      plan.add(new Block(group, new AddressRange(start, last - start + 1), covered));
    }
  }

  /// Where the cheapest cover of the members from each one on ends its first request.
  private int[] cuts(DataTable table, List<Member> members, ReadableSpace space) {
    int count = members.size();
    int[] next = new int[count];
    int[] requests = new int[count + 1];
    long[] least = new long[count + 1];
    for (int from = count - 1; from >= 0; from--) {
      int start = members.get(from).range().start();
      int end = space.endFrom(table, start);
      int last = start;
      least[from] = Long.MAX_VALUE;
      for (int to = from; to < count; to++) {
        last = Math.max(last, members.get(to).range().last());
        if (last >= end) {
          break;
        }
        long nanos = cost.readNanos(table, last - start + 1) + least[to + 1];
        int all = requests[to + 1] + 1;
        if (nanos < least[from] || (nanos == least[from] && all <= requests[from])) {
          least[from] = nanos;
          requests[from] = all;
          next[from] = to + 1;
        }
      }
    }
    return next;
  }

  /// The requests of other groups that tags of one group may come with.
  private static final class Riders {
    private final List<Block> hosts = new ArrayList<>();

    /// Of the hosts that start no later than this one, the one that reaches furthest.
    private final int[] furthest;

    Riders(List<Block> plan, Group group) {
      for (Block block : plan) {
        if (block.group().table() == group.table()
            && block.group().periodNanos() <= group.periodNanos()) {
          hosts.add(block);
        }
      }
      hosts.sort(Comparator.comparingInt(block -> block.range().start()));
      furthest = new int[hosts.size()];
      for (int i = 1; i < furthest.length; i++) {
        boolean further = last(i) > last(furthest[i - 1]);
        furthest[i] = further ? i : furthest[i - 1];
      }
    }

    private int last(int host) {
      return hosts.get(host).range().last();
    }

    /// Lets those ride that find a host.
    ///
    /// @return the rest
    List<Member> board(List<Member> members) {
      if (hosts.isEmpty()) {
        return members;
      }
      int[] starts = hosts.stream().mapToInt(block -> block.range().start()).toArray();
      List<Member> rest = new ArrayList<>();
      for (Member member : members) {
        int found = Arrays.binarySearch(starts, member.range().start() + 1);
        int candidates = found >= 0 ? firstOf(starts, found) : -found - 1;
        int host = candidates == 0 ? -1 : furthest[candidates - 1];
        if (host >= 0 && last(host) >= member.range().last()) {
          hosts.get(host).members().add(member);
        } else {
          rest.add(member);
        }
      }
      return rest;
    }

    /// Requests may start at the same address: the first of them.
    private static int firstOf(int[] starts, int found) {
      int first = found;
      while (first > 0 && starts[first - 1] == starts[found]) {
        first--;
      }
      return first;
    }
  }
}
