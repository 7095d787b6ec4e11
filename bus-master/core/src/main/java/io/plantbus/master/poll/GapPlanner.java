package io.plantbus.master.poll;

import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads neighbours together, and bridges a gap where reading it costs less than another request
/// would: two bytes per register, or a bit per coil, against the fixed bytes of a request.
///
/// @param requestBytes what one more request costs before its data, in byte times: frames around
///   the data, silence, waiting; 1 or more
public record GapPlanner(int requestBytes) implements PollPlanner {
  /// RTU: 8 bytes of request, 5 around the answer's data, and twice 3.5 characters of silence.
  public static final GapPlanner RTU = new GapPlanner(20);

  /// TCP: 12 bytes of request, 9 around the answer's data, and a round trip worth some 100 bytes.
  public static final GapPlanner TCP = new GapPlanner(120);

  private static final Comparator<Tagged> BY_ADDRESS =
      Comparator.<Tagged>comparingInt(tagged -> tagged.point().range().start())
          .thenComparingInt(tagged -> tagged.point().range().count())
          .thenComparing(tagged -> tagged.tag().name());

  public GapPlanner {
    if (requestBytes < 1) {
      throw new IllegalArgumentException("a request costs at least a byte, was " + requestBytes);
    }
  }

  private record Tagged(TagSpec tag, Point.Modbus point) {}

  private record Together(Priority priority, long periodNanos, DataTable table)
      implements Comparable<Together> {
    private static final Comparator<Together> ORDER =
        Comparator.comparing(Together::priority)
            .thenComparingLong(Together::periodNanos)
            .thenComparing(Together::table);

    @Override
    public int compareTo(Together other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public List<PlannedRead> plan(List<TagSpec> tags, RequestLimits limits) {
    Map<Together, List<Tagged>> groups = new TreeMap<>();
    for (TagSpec tag : tags) {
      if (isRead(tag) && tag.resource().point() instanceof Point.Modbus point) {
        if (point.range().count() <= limit(point.table(), limits)) {
          groups
              .computeIfAbsent(
                  new Together(tag.priority(), tag.periodNanos(), point.table()),
                  _ -> new ArrayList<>())
              .add(new Tagged(tag, point));
        }
      }
    }
    List<PlannedRead> plan = new ArrayList<>();
    groups.forEach((group, members) -> cover(group, members, limits, plan));
    return plan;
  }

  private static boolean isRead(TagSpec tag) {
    return tag.periodNanos() > 0 && tag.resource().access().canRead();
  }

  private void cover(
      Together group, List<Tagged> members, RequestLimits limits, List<PlannedRead> plan) {
    members.sort(BY_ADDRESS);
    int limit = limit(group.table(), limits);
    List<TagSpec> block = new ArrayList<>();
    int first = 0;
    int last = 0;
    for (Tagged member : members) {
      AddressRange range = member.point().range();
      int end = Math.max(last, range.last());
      if (!block.isEmpty()
          && (end - first + 1 > limit || !bridges(group.table(), range.start() - last - 1))) {
        plan.add(read(group, first, last, block));
        block.clear();
      }
      if (block.isEmpty()) {
        first = range.start();
        last = range.last();
      }
      last = Math.max(last, range.last());
      block.add(member.tag());
    }
    plan.add(read(group, first, last, block));
  }

  private boolean bridges(DataTable table, int gap) {
    return gap <= 0 || (table.isBits() ? (gap + 7) / 8 : 2 * gap) < requestBytes;
  }

  private static int limit(DataTable table, RequestLimits limits) {
    return table.isBits() ? limits.maxReadBits() : limits.maxReadRegisters();
  }

  private static PlannedRead read(Together group, int first, int last, List<TagSpec> tags) {
    return new PlannedRead(
        new Request.Read(group.table(), new AddressRange(first, last - first + 1)),
        group.periodNanos(),
        group.priority(),
        tags);
  }
}
