package io.plantbus.master.proof;

import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.proof.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Tags that read the same registers in different ways: allowed, and seldom meant.
final class Overlaps {
  private static final int MOST = 10;

  private record Placed(TagSpec tag, Point.Modbus point) {
    int first() {
      return point.range().start();
    }

    int last() {
      return point.range().last();
    }

    /// Two bit fields of one value, or the same value twice, are meant.
    boolean agreesWith(Placed other) {
      return point.range().equals(other.point.range())
          && point.encoding().type() == other.point.encoding().type()
          && point.encoding().order() == other.point.encoding().order();
    }

    @Override
    public String toString() {
      return "%s (%s at %s:%s)"
          .formatted(
              tag.name(),
              point.encoding().type().name().toLowerCase(Locale.ROOT),
              point.table().keyword(),
              point.range());
    }
  }

  private Overlaps() {}

  /// Adds those of one device, the first few of them.
  static void addTo(List<Finding> found, DeviceSpec device) {
    List<Placed> placed = new ArrayList<>();
    for (TagSpec tag : device.tags()) {
      if (tag.resource().point() instanceof Point.Modbus point && !point.table().isBits()) {
        placed.add(new Placed(tag, point));
      }
    }
    placed.sort(
        Comparator.comparing((Placed each) -> each.point().table())
            .thenComparingInt(Placed::first)
            .thenComparingInt(Placed::last));
    Placed reaching = null;
    int told = 0;
    for (Placed each : placed) {
      if (reaching != null
          && reaching.point().table() == each.point().table()
          && each.first() <= reaching.last()) {
        if (!each.agreesWith(reaching) && told++ < MOST) {
          found.add(
              new Finding(
                  Kind.OVERLAP,
                  device.name(),
                  List.of(reaching.tag().name(), each.tag().name()),
                  reaching + " and " + each + " read the same registers in two ways"));
        }
        if (each.last() <= reaching.last()) {
          continue;
        }
      }
      reaching = each;
    }
  }
}
