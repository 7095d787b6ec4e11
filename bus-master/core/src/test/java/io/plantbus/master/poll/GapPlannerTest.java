package io.plantbus.master.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class GapPlannerTest {
  private static final long PERIOD = 1_000_000_000;

  private static TagSpec tag(
      DataTable table, int start, int count, long period, Priority priority) {
    DataType type = count == 2 ? DataType.FLOAT32 : DataType.UINT16;
    Point point =
        new Point.Modbus(table, new AddressRange(start, count), RegisterEncoding.of(type));
    DeviceResource resource =
        new DeviceResource("r" + start, "", point, Access.READ_WRITE, "", null, null, null);
    return new TagSpec(
        table.keyword() + start, resource, period, priority, Math.max(PERIOD, period), null);
  }

  private static TagSpec holding(int start, int count) {
    return tag(DataTable.HOLDING_REGISTERS, start, count, PERIOD, Priority.NORMAL);
  }

  private static String plan(PollPlanner planner, RequestLimits limits, TagSpec... tags) {
    StringBuilder text = new StringBuilder();
    for (PlannedRead read : planner.plan(List.of(tags), limits)) {
      text.append(read.request().table().keyword())
          .append(':')
          .append(read.request().range())
          .append('/')
          .append(read.tags().size())
          .append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void neighboursAreReadTogether() {
    assertEquals(
        "holding:10..13/3",
        plan(
            GapPlanner.RTU,
            RequestLimits.SPECIFICATION,
            holding(13, 1),
            holding(10, 2),
            holding(12, 1)));
  }

  @Test
  void aGapIsBridgedWhileItIsCheaperThanAnotherRequest() {
    assertEquals(
        "holding:0..10/2",
        plan(GapPlanner.RTU, RequestLimits.SPECIFICATION, holding(0, 1), holding(10, 1)));
    assertEquals(
        "holding:0/1 holding:11/1",
        plan(GapPlanner.RTU, RequestLimits.SPECIFICATION, holding(0, 1), holding(11, 1)));
    assertEquals(
        "holding:0..60/2",
        plan(GapPlanner.TCP, RequestLimits.SPECIFICATION, holding(0, 1), holding(60, 1)));
  }

  @Test
  void coilsAreBridgedByTheByte() {
    TagSpec near = tag(DataTable.COILS, 0, 1, PERIOD, Priority.NORMAL);
    TagSpec far = tag(DataTable.COILS, 150, 1, PERIOD, Priority.NORMAL);
    assertEquals("coil:0..150/2", plan(GapPlanner.RTU, RequestLimits.SPECIFICATION, near, far));
  }

  @Test
  void noRequestGoesBeyondTheLimitsOfTheDevice() {
    RequestLimits limits = new RequestLimits(4, 16, 4, 16);
    assertEquals(
        "holding:0..3/2 holding:4..5/1",
        plan(GapPlanner.RTU, limits, holding(0, 2), holding(2, 2), holding(4, 2)));
    assertEquals(
        "holding:0..2/2 holding:3..4/1",
        plan(GapPlanner.RTU, limits, holding(0, 2), holding(2, 1), holding(3, 2)));
  }

  @Test
  void aTagThatIsLongerThanTheLimitIsLeftOut() {
    assertEquals(
        "holding:2/1",
        plan(GapPlanner.RTU, new RequestLimits(1, 1, 1, 1), holding(0, 2), holding(2, 1)));
  }

  @Test
  void overlappingTagsShareOneSpan() {
    assertEquals(
        "holding:5..6/3",
        plan(
            GapPlanner.RTU,
            RequestLimits.SPECIFICATION,
            holding(5, 2),
            holding(5, 1),
            holding(6, 1)));
  }

  @Test
  void periodsPrioritiesAndTablesAreKeptApart() {
    assertEquals(
        "holding:1/1 holding:3/1 coil:1/1 input:2/1 holding:0/1",
        plan(
            GapPlanner.RTU,
            RequestLimits.SPECIFICATION,
            tag(DataTable.HOLDING_REGISTERS, 0, 1, 2 * PERIOD, Priority.NORMAL),
            tag(DataTable.INPUT_REGISTERS, 2, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.COILS, 1, 1, PERIOD, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 3, 1, PERIOD / 2, Priority.NORMAL),
            tag(DataTable.HOLDING_REGISTERS, 1, 1, PERIOD, Priority.SAFETY)));
  }

  @Test
  void whatIsNeverReadIsNotPlanned() {
    assertEquals(
        "",
        plan(
            GapPlanner.RTU,
            RequestLimits.SPECIFICATION,
            tag(DataTable.HOLDING_REGISTERS, 0, 1, 0, Priority.NORMAL)));
  }
}
