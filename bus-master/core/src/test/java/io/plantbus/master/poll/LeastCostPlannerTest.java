package io.plantbus.master.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastCostPlannerTest {
  private static final long PERIOD = 1_000_000_000;
  private static final RequestLimits LIMITS = RequestLimits.SPECIFICATION;

  /// A request costs as much as the data of ten registers.
  private static final LeastCostPlanner TEN = new LeastCostPlanner(new RequestCost(20, 1));

  private static TagSpec tag(
      String name, DataTable table, int start, int count, long period, Priority priority) {
    DataType type = count == 2 ? DataType.FLOAT32 : DataType.UINT16;
    Point point =
        new Point.Modbus(table, new AddressRange(start, count), RegisterEncoding.of(type));
    DeviceResource resource =
        new DeviceResource(name, "", point, Access.READ_WRITE, "", null, null, null);
    return new TagSpec(name, resource, period, priority, Math.max(PERIOD, period), null);
  }

  private static TagSpec tag(
      DataTable table, int start, int count, long period, Priority priority) {
    return tag("r" + start + "x" + count, table, start, count, period, priority);
  }

  private static TagSpec holding(int start, int count) {
    return tag(DataTable.HOLDING_REGISTERS, start, count, PERIOD, Priority.NORMAL);
  }

  private static String plan(LeastCostPlanner planner, ReadableSpace space, TagSpec... tags) {
    StringBuilder text = new StringBuilder();
    for (PlannedRead read : planner.plan(List.of(tags), space)) {
      text.append(read.request().table().keyword())
          .append(':')
          .append(read.request().range())
          .append('/')
          .append(read.tags().size())
          .append(' ');
    }
    return text.toString().strip();
  }

  private static String plan(TagSpec... tags) {
    return plan(TEN, ReadableSpace.of(LIMITS), tags);
  }

  @Test
  void neighboursAreReadTogether() {
    assertEquals("holding:10..13/3", plan(holding(13, 1), holding(10, 2), holding(12, 1)));
  }

  @Test
  void aGapIsBridgedWhileItIsNoDearerThanAnotherRequest() {
    assertEquals("holding:0..11/2", plan(holding(0, 1), holding(11, 1)));
    assertEquals("holding:0/1 holding:12/1", plan(holding(0, 1), holding(12, 1)));
  }

  private static RequestCost cost(int baud, long turnaroundNanos) {
    RtuTiming timing = new RtuTiming(baud, 11);
    return new WireTime(timing.characterNanos(), timing.interFrameNanos(), 0).cost(turnaroundNanos);
  }

  @Test
  void theSameGapIsBridgedOrNotByTheSpeedOfTheLineAndTheTurnaroundOfTheDevice() {
    TagSpec[] apart = {holding(0, 1), holding(20, 1)};
    ReadableSpace space = ReadableSpace.of(LIMITS);
    LeastCostPlanner slow = new LeastCostPlanner(cost(9_600, 5_000_000));
    LeastCostPlanner fast = new LeastCostPlanner(cost(115_200, 5_000_000));
    LeastCostPlanner patient = new LeastCostPlanner(cost(9_600, 30_000_000));
    assertEquals("holding:0/1 holding:20/1", plan(slow, space, apart));
    assertEquals("holding:0..20/2", plan(fast, space, apart));
    assertEquals("holding:0..20/2", plan(patient, space, apart));
  }

  @Test
  void aSpanThatDoesNotFitIsCutWhereTheGapIsWidest() {
    RequestLimits limits = new RequestLimits(10, 16, 4, 16);
    assertEquals(
        "holding:0/1 holding:7..12/2",
        plan(TEN, ReadableSpace.of(limits), holding(0, 1), holding(7, 1), holding(12, 1)),
        "not 0..7 and 12, which a rule that fills requests from the left would send");
  }

  @Test
  void coilsAreBridgedByTheByte() {
    TagSpec near = tag(DataTable.COILS, 0, 1, PERIOD, Priority.NORMAL);
    TagSpec far = tag(DataTable.COILS, 160, 1, PERIOD, Priority.NORMAL);
    assertEquals("coil:0..160/2", plan(near, far));
  }

  @Test
  void noRequestGoesBeyondTheLimitsOfTheDevice() {
    ReadableSpace space = ReadableSpace.of(new RequestLimits(4, 16, 4, 16));
    assertEquals(
        "holding:0..3/2 holding:4..5/1",
        plan(TEN, space, holding(0, 2), holding(2, 2), holding(4, 2)));
    assertEquals(
        "holding:0/1 holding:1/1",
        plan(TEN, ReadableSpace.of(new RequestLimits(1, 1, 1, 1)), holding(0, 1), holding(1, 1)));
  }

  @Test
  void noRequestTouchesAHole() {
    ReadableSpace space =
        ReadableSpace.of(
            LIMITS, Map.of(DataTable.HOLDING_REGISTERS, List.of(new AddressRange(4, 2))));
    assertEquals(
        "holding:0..3/2 holding:6/1",
        plan(TEN, space, holding(0, 1), holding(3, 1), holding(6, 1)));
    assertEquals("holding:3/1", plan(TEN, space, holding(3, 1), holding(3, 2), holding(5, 1)));
  }

  @Test
  void aTagThatNoRequestCanBringIsLeftOut() {
    assertEquals(
        "holding:2/1",
        plan(TEN, ReadableSpace.of(new RequestLimits(1, 1, 1, 1)), holding(0, 2), holding(2, 1)));
  }

  @Test
  void overlappingTagsShareOneSpan() {
    assertEquals("holding:5..6/3", plan(holding(5, 2), holding(5, 1), holding(6, 1)));
  }

  @Test
  void prioritiesPeriodsAndTablesAreKeptApart() {
    assertEquals(
        "holding:1/1 holding:3/1 coil:1/1 input:2/1 holding:0/1",
        plan(
            tag(DataTable.HOLDING_REGISTERS, 0, 1, 2 * PERIOD, Priority.NORMAL),
            tag(DataTable.INPUT_REGISTERS, 2, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.COILS, 1, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 3, 1, PERIOD / 2, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 1, 1, PERIOD, Priority.SAFETY)));
  }

  @Test
  void aSlowTagWithinAFasterRequestComesWithItAndAFastOneWithinASlowerDoesNot() {
    assertEquals(
        "holding:0..4/3 holding:6/1",
        plan(
            tag(DataTable.HOLDING_REGISTERS, 0, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 4, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 2, 2, 5 * PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 6, 1, 5 * PERIOD, Priority.NORMAL)));
  }

  @Test
  void aTagOfHigherPriorityDoesNotWaitForARequestOfALowerOne() {
    assertEquals(
        "holding:2/1 holding:0..4/2",
        plan(
            tag(DataTable.HOLDING_REGISTERS, 0, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 4, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 2, 1, 5 * PERIOD, Priority.SAFETY)));
  }

  @Test
  void whatIsNeverReadIsNotPlanned() {
    assertEquals("", plan(tag(DataTable.HOLDING_REGISTERS, 0, 1, 0, Priority.NORMAL)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void noSetOfRequestsWhateverItsFormCostsLess(int seed) {
    for (int round = 0; round < 60; round++) {
      Random random = new Random(1000L * seed + round);
      RequestCost cost = new RequestCost(1 + random.nextInt(30), random.nextInt(3));
      RequestLimits limits = new RequestLimits(3 + random.nextInt(12), 2000, 123, 1968);
      ReadableSpace space =
          ReadableSpace.of(
              limits,
              Map.of(
                  DataTable.HOLDING_REGISTERS,
                  List.of(new AddressRange(random.nextInt(18), 1 + random.nextInt(3)))));
      List<TagSpec> tags = someTags(random);
      List<PlannedRead> plan = new LeastCostPlanner(cost).plan(tags, space);
      Set<TagSpec> planned = new HashSet<>();
      for (PlannedRead read : plan) {
        for (TagSpec tag : read.tags()) {
          assertTrue(read.request().range().contains(rangeOf(tag)) && planned.add(tag));
        }
      }
      assertEquals(
          Exhaustive.leastCost(
              tags.stream().map(LeastCostPlannerTest::rangeOf).toList(), cost, space),
          plan.stream()
              .mapToLong(
                  read -> cost.readNanos(read.request().table(), read.request().range().count()))
              .sum(),
          () -> "seed " + seed + " of " + tags);
    }
  }

  private static List<TagSpec> someTags(Random random) {
    List<TagSpec> tags = new ArrayList<>();
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      tags.add(
          tag(
              "t" + i,
              DataTable.HOLDING_REGISTERS,
              random.nextInt(22),
              1 + random.nextInt(2),
              PERIOD,
              Priority.NORMAL));
    }
    return tags;
  }

  private static AddressRange rangeOf(TagSpec tag) {
    return ((Point.Modbus) tag.resource().point()).range();
  }

  /// Tries every way to give each tag to a request, requests of any members included.
  private record Exhaustive(RequestCost cost, ReadableSpace space, List<AddressRange> tags) {
    static long leastCost(List<AddressRange> tags, RequestCost cost, ReadableSpace space) {
      List<AddressRange> readable =
          tags.stream()
              .filter(
                  range -> space.endFrom(DataTable.HOLDING_REGISTERS, range.start()) > range.last())
              .toList();
      return new Exhaustive(cost, space, readable).place(0, new ArrayList<>());
    }

    private long place(int next, List<AddressRange> requests) {
      if (next == tags.size()) {
        return requests.stream()
            .mapToLong(range -> cost.readNanos(DataTable.HOLDING_REGISTERS, range.count()))
            .sum();
      }
      AddressRange tag = tags.get(next);
      requests.add(tag);
      long least = place(next + 1, requests);
      requests.removeLast();
      for (int i = 0; i < requests.size(); i++) {
        AddressRange old = requests.get(i);
        int start = Math.min(old.start(), tag.start());
        int last = Math.max(old.last(), tag.last());
        if (space.endFrom(DataTable.HOLDING_REGISTERS, start) > last) {
          requests.set(i, new AddressRange(start, last - start + 1));
          least = Math.min(least, place(next + 1, requests));
          requests.set(i, old);
        }
      }
      return least;
    }
  }

  @Test
  void everyRegisterOfADeviceAtAPeriodOfItsOwnIsPlanned() {
    TagSpec[] tags = new TagSpec[65_536];
    for (int i = 0; i < tags.length; i++) {
      tags[i] =
          tag(
              DataTable.HOLDING_REGISTERS,
              i,
              1,
              PERIOD + 1_000_000L * i * 7919L % PERIOD,
              Priority.NORMAL);
    }
    int brought = 0;
    for (PlannedRead read : TEN.plan(List.of(tags), ReadableSpace.of(LIMITS))) {
      brought += read.tags().size();
    }
    assertEquals(tags.length, brought);
  }
}
