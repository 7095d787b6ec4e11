package io.plantbus.master.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveImageTest {
  private static final long LIMIT = 3_000_000_000L;
  private final LiveImage image = new LiveImage(List.of(tag("level"), tag("flow")));
  private final int level = image.index("level");

  private static TagSpec tag(String name) {
    Point point =
        new Point.Modbus(
            DataTable.INPUT_REGISTERS,
            new AddressRange(0, 1),
            RegisterEncoding.of(DataType.UINT16));
    DeviceResource resource =
        new DeviceResource(name, "", point, Access.READ, "", null, null, null);
    return new TagSpec(name, resource, 1_000_000_000, Priority.NORMAL, LIMIT, null);
  }

  private TagSample at(long nanos) {
    TagSample sample = image.sample("level", nanos);
    assertNotNull(sample);
    return sample;
  }

  @Test
  void aTagThatWasNeverReadWaitsForData() {
    assertEquals(Quality.BAD_WAITING_FOR_INITIAL_DATA, at(5).quality());
    assertEquals(-1, at(5).ageNanos(5));
    assertNull(image.sample("nonsense", 5));
  }

  @Test
  void aGoodValueBecomesUncertainWithAge() {
    image.arrived(level, TagValue.of(7), Quality.GOOD, 100, 1, "");
    assertEquals(Quality.GOOD, at(100 + LIMIT).quality());
    TagSample old = at(101 + LIMIT);
    assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, old.quality());
    assertEquals(TagValue.of(7), old.value());
    assertEquals(100, old.sourceNanos());
  }

  @Test
  void aValueThatDidNotChangeIsKeptAndItsTimeGoesOn() {
    image.arrived(level, TagValue.of(7_000), Quality.GOOD, 100, 1, "");
    TagValue first = at(100).value();
    image.arrived(level, TagValue.of(7_000), Quality.GOOD, 200, 2, "");
    assertSame(first, at(200).value());
    assertEquals(200, at(200).sourceNanos());
    image.arrived(level, TagValue.of(7_001), Quality.GOOD, 300, 3, "");
    assertEquals(TagValue.of(7_001), at(300).value());
  }

  @Test
  void aLossKeepsTheLastValueAndItsTime() {
    image.arrived(level, TagValue.of(7), Quality.GOOD, 100, 9, "");
    image.degraded(level, Quality.BAD_NO_COMMUNICATION, "gone");
    assertEquals(
        new TagSample(TagValue.of(7), Quality.BAD_NO_COMMUNICATION, 100, 9, "gone"), at(500));
  }

  @Test
  void timeNeverGoesBack() {
    image.arrived(level, TagValue.of(7), Quality.GOOD, 100, 9, "");
    image.arrived(level, TagValue.of(6), Quality.GOOD, 99, 8, "");
    assertEquals(TagValue.of(7), at(100).value());
  }

  @Test
  void listenersAreToldEachNewSampleAndNoRepetition() {
    List<String> told = new ArrayList<>();
    image.onSample((tag, sample) -> told.add(tag.name() + " " + sample.quality()));
    image.arrived(level, TagValue.of(7), Quality.GOOD, 100, 9, "");
    image.degraded(level, Quality.BAD_NO_COMMUNICATION, "gone");
    image.degraded(level, Quality.BAD_NO_COMMUNICATION, "gone");
    assertEquals(List.of("level GOOD", "level BAD_NO_COMMUNICATION"), told);
  }

  @Test
  void aListenerThatFailsHurtsNobody() {
    List<String> told = new ArrayList<>();
    image.onSample(
        (_, _) -> {
          throw new IllegalStateException("bug");
        });
    image.onSample((tag, _) -> told.add(tag.name()));
    image.arrived(level, TagValue.of(7), Quality.GOOD, 100, 9, "");
    image.arrived(level, TagValue.of(8), Quality.GOOD, 101, 9, "");
    assertEquals(List.of("level", "level"), told);
  }
}
