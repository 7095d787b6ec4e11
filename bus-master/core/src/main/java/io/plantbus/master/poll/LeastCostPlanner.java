package io.plantbus.master.poll;

import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Covers the tags of a device with the requests that take least of the line.
///
/// Tags of one table, priority and period are covered together, exactly: sorted by address, there
/// is always a cheapest set of requests each of which brings tags that stand next to each other,
/// and dynamic programming over where a request ends finds it. Of plans that cost the same, the one
/// with the fewest requests is taken. A tag that lies within a request of the same or a higher
/// priority, due at least as often, comes with that one and costs nothing.
///
/// @param cost what a request to this device takes
public record LeastCostPlanner(RequestCost cost) {
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

  /// Plans the reads of one Modbus device.
  ///
  /// @param tags tags of the device; those that are not read (write only, period 0, not Modbus) are
  ///   passed over, as are those that no request can bring
  /// @param space where one request may reach
  /// @return every readable tag once, in a steady order
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
    Riders riders = new Riders();
    groups.forEach(
        (group, members) -> {
          List<Member> rest = riders.board(group, members);
          rest.sort(BY_ADDRESS);
          int before = plan.size();
          cover(group, rest, space, plan);
          plan.subList(before, plan.size()).forEach(riders::add);
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

  /// The requests so far, which tags of later groups may come with.
  private static final class Riders {
    private final Map<DataTable, NavigableMap<Integer, List<Block>>> hosts =
        new EnumMap<>(DataTable.class);
    private int longest;

    void add(Block block) {
      longest = Math.max(longest, block.range().count());
      hosts
          .computeIfAbsent(block.group().table(), _ -> new TreeMap<>())
          .computeIfAbsent(block.range().start(), _ -> new ArrayList<>())
          .add(block);
    }

    /// Lets those ride that find a host.
    ///
    /// @return the rest
    List<Member> board(Group group, List<Member> members) {
      NavigableMap<Integer, List<Block>> table = hosts.get(group.table());
      if (table == null) {
        return members;
      }
      List<Member> rest = new ArrayList<>();
      for (Member member : members) {
        Block host = host(table, group, member.range());
        if (host == null) {
          rest.add(member);
        } else {
          host.members().add(member);
        }
      }
      return rest;
    }

    private @Nullable Block host(
        NavigableMap<Integer, List<Block>> table, Group group, AddressRange range) {
      int nearest = range.start();
      int furthest = range.last() - longest + 1;
      if (furthest > nearest) {
        return null;
      }
      for (List<Block> blocks :
          table.subMap(furthest, true, nearest, true).descendingMap().values()) {
        for (Block block : blocks) {
          if (block.group().periodNanos() <= group.periodNanos()
              && block.range().last() >= range.last()) {
            return block;
          }
        }
      }
      return null;
    }
  }
}
