package io.plantbus.devices.profile;

import io.plantbus.devices.document.Problems;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.List;

/// Finds resources that lie in the same registers. Bit fields beside each other, and a register
/// that is also read by its bits, are usual and pass; two readings of the same registers are worth
/// a look; registers that are halves of different values are a mistake.
final class Overlaps {
  private Overlaps() {}

  /// A resource with the node of its name.
  record Placed(DeviceResource resource, ResourceEntry entry) {}

  static void report(List<Placed> resources, Problems problems) {
    for (int i = 0; i < resources.size(); i++) {
      for (int j = 0; j < i; j++) {
        compare(resources.get(j), resources.get(i), problems);
      }
    }
  }

  private static void compare(Placed first, Placed second, Problems problems) {
    if (!(first.resource.point() instanceof Point.Modbus one)
        || !(second.resource.point() instanceof Point.Modbus other)
        || one.table() != other.table()
        || !one.range().overlaps(other.range())) {
      return;
    }
    String message =
        "lies in the same %s as '%s': %s %s"
            .formatted(
                one.table().isBits() ? "bit" : "registers",
                first.resource.name(),
                one.table().keyword(),
                one.range());
    if (isPart(one, other) || isPart(other, one)) {
      return;
    }
    if (one.range().equals(other.range())) {
      if (!splitAccess(first.resource, second.resource, one, other)) {
        problems.warning(
            second.entry.name().where(), message, "check the address, or leave one of them away");
      }
    } else {
      problems.error(
          second.entry.attributes().where(), message, "check startingAddress and type of both");
    }
  }

  /// Whether one is a bit field in a register of the other, apart from its bits if it has any.
  private static boolean isPart(Point.Modbus field, Point.Modbus whole) {
    RegisterEncoding part = field.encoding();
    RegisterEncoding around = whole.encoding();
    if (field.table().isBits() || part.bitCount() == 0) {
      return false;
    }
    boolean apart =
        around.bitCount() == 0
            || part.firstBit() + part.bitCount() <= around.firstBit()
            || around.firstBit() + around.bitCount() <= part.firstBit();
    return whole.range().contains(field.range()) && apart;
  }

  /// Whether the same value is read by one resource and written by the other.
  private static boolean splitAccess(
      DeviceResource first, DeviceResource second, Point.Modbus one, Point.Modbus other) {
    return first.access().canWrite() != second.access().canWrite()
        && first.access().canRead() != second.access().canRead()
        && one.encoding().equals(other.encoding())
        && one.table() != DataTable.INPUT_REGISTERS;
  }
}
