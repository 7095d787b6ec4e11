package io.plantbus.benchmarks;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.Isolation;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Lines with many tags, made by a rule.
final class ManyTags {
  private static final long MS = 1_000_000;

  private ManyTags() {}

  static LineSpec tcp(int window) {
    return line(new Transport.Tcp("localhost", 502, StreamFraming.MBAP, window, 1000 * MS, null));
  }

  static LineSpec rtu(int baud) {
    return line(
        new Transport.Serial(
            "/dev/null",
            SerialFraming.RTU,
            SerialSettings.of(baud, "8E1"),
            EchoMode.NONE,
            0,
            100 * MS,
            SerialDriver.AUTO));
  }

  private static LineSpec line(Transport transport) {
    // With a ring that soon has all of its memory, so that what a transaction allocates is its own.
    return new LineSpec(
        "line", transport, 1000 * MS, 1, 100 * MS, 1000 * MS, Isolation.DEFAULT, 64 * 1024);
  }

  /// Devices whose registers are read one by one, for they are too far from each other.
  static List<DeviceSpec> scattered(int devices, int tagsOfEach, long periodNanos) {
    List<DeviceSpec> specs = new ArrayList<>();
    for (int unit = 1; unit <= devices; unit++) {
      List<TagSpec> tags = new ArrayList<>();
      for (int i = 0; i < tagsOfEach; i++) {
        tags.add(tag(unit, 500 * i, periodNanos));
      }
      specs.add(device(unit, tags));
    }
    return specs;
  }

  /// Devices with registers in blocks and gaps of random lengths, in four periods.
  static List<DeviceSpec> irregular(int devices, int tagsOfEach, long seed) {
    Random random = new Random(seed);
    List<DeviceSpec> specs = new ArrayList<>();
    for (int unit = 1; unit <= devices; unit++) {
      List<TagSpec> tags = new ArrayList<>();
      int address = 0;
      for (int i = 0; i < tagsOfEach; i++) {
        address += random.nextInt(10) == 0 ? 1 + random.nextInt(60) : 1;
        tags.add(tag(unit, address, (1L << random.nextInt(4)) * 250 * MS));
      }
      specs.add(device(unit, tags));
    }
    return specs;
  }

  /// Devices with registers in small blocks and gaps of random lengths, all of one period.
  static List<DeviceSpec> clustered(int devices, int tagsOfEach, long seed) {
    Random random = new Random(seed);
    List<DeviceSpec> specs = new ArrayList<>();
    for (int unit = 1; unit <= devices; unit++) {
      List<TagSpec> tags = new ArrayList<>();
      int address = 0;
      for (int i = 0; i < tagsOfEach; i++) {
        address += random.nextBoolean() ? 1 : 1 + random.nextInt(40);
        tags.add(tag(unit, address, 1000 * MS));
      }
      specs.add(device(unit, tags));
    }
    return specs;
  }

  private static TagSpec tag(int unit, int address, long periodNanos) {
    String name = "d" + unit + ".r" + address;
    Point point =
        new Point.Modbus(
            DataTable.HOLDING_REGISTERS,
            new AddressRange(address, 1),
            RegisterEncoding.of(DataType.UINT16));
    DeviceResource resource =
        new DeviceResource(name, "", point, Access.READ_WRITE, "", null, null, null);
    return new TagSpec(name, resource, periodNanos, Priority.NORMAL, 4 * periodNanos, null);
  }

  private static DeviceSpec device(int unit, List<TagSpec> tags) {
    return new DeviceSpec(
        "d" + unit,
        "line",
        new DeviceSpec.Address.Modbus(UnitId.of(unit)),
        new DeviceProfile(
            "bench",
            "",
            "",
            "",
            DeviceProfile.Bus.MODBUS,
            RequestLimits.SPECIFICATION,
            tags.stream().map(TagSpec::resource).toList()),
        Map.of(),
        true,
        tags);
  }
}
