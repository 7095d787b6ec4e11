package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.I2cAddress;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short ways to spell plants.
final class Plants {
  private Plants() {}

  static LineSpec rtu(String name) {
    return rtu(name, SerialSettings.MODBUS_DEFAULT);
  }

  static LineSpec rtu(String name, SerialSettings settings) {
    return new LineSpec(
        name,
        new Transport.Serial(
            "/dev/null",
            SerialFraming.RTU,
            settings,
            EchoMode.NONE,
            0,
            100 * MS,
            SerialDriver.AUTO),
        200 * MS,
        1,
        100 * MS,
        5 * SECOND);
  }

  static LineSpec with(LineSpec line, Isolation isolation) {
    return new LineSpec(
        line.name(),
        line.transport(),
        line.responseTimeoutNanos(),
        line.retries(),
        line.reconnectMinNanos(),
        line.reconnectMaxNanos(),
        isolation);
  }

  static LineSpec tcp(String name, int window) {
    return new LineSpec(
        name,
        new Transport.Tcp("localhost", Bench.PORT, StreamFraming.MBAP, window, SECOND, null),
        200 * MS,
        1,
        100 * MS,
        5 * SECOND);
  }

  static LineSpec i2c(String name) {
    return new LineSpec(name, new Transport.I2c("/dev/i2c-1"), 100 * MS, 0, 100 * MS, 5 * SECOND);
  }

  static DeviceSpec modbus(String name, String line, int unit, TagSpec... tags) {
    return modbus(name, line, unit, RequestLimits.SPECIFICATION, tags);
  }

  static DeviceSpec modbus(
      String name, String line, int unit, RequestLimits limits, TagSpec... tags) {
    return new DeviceSpec(
        name,
        line,
        new DeviceSpec.Address.Modbus(UnitId.of(unit)),
        profile(DeviceProfile.Bus.MODBUS, limits, tags),
        Map.of(),
        true,
        List.of(tags));
  }

  static DeviceSpec i2cDevice(String name, String line, int address, TagSpec... tags) {
    return new DeviceSpec(
        name,
        line,
        new DeviceSpec.Address.I2c(I2cAddress.of(address)),
        profile(DeviceProfile.Bus.I2C, RequestLimits.SPECIFICATION, tags),
        Map.of(),
        true,
        List.of(tags));
  }

  private static DeviceProfile profile(
      DeviceProfile.Bus bus, RequestLimits limits, TagSpec... tags) {
    return new DeviceProfile(
        "test", "", "", "", bus, limits, Arrays.stream(tags).map(TagSpec::resource).toList());
  }

  /// A 16-bit holding register, read and written.
  static TagSpec holding(String name, int address, long periodNanos) {
    return tag(name, DataTable.HOLDING_REGISTERS, address, DataType.UINT16, periodNanos);
  }

  static TagSpec coil(String name, int address, long periodNanos) {
    return tag(name, DataTable.COILS, address, DataType.BOOL, periodNanos);
  }

  static TagSpec tag(String name, DataTable table, int address, DataType type, long periodNanos) {
    return tag(name, table, address, RegisterEncoding.of(type), periodNanos);
  }

  static TagSpec tag(
      String name, DataTable table, int address, RegisterEncoding encoding, long periodNanos) {
    int count = table.isBits() ? 1 : encoding.registers();
    Point point = new Point.Modbus(table, new AddressRange(address, count), encoding);
    return of(name, resource(name, point, Access.READ_WRITE, null, null), periodNanos, null);
  }

  static DeviceResource resource(
      String name, Point point, Access access, @Nullable Double minimum, @Nullable Double maximum) {
    return new DeviceResource(name, "", point, access, "", minimum, maximum, null);
  }

  static TagSpec of(
      String name, DeviceResource resource, long periodNanos, @Nullable TagValue safeState) {
    return new TagSpec(
        name, resource, periodNanos, Priority.NORMAL, Math.max(3 * periodNanos, MS), safeState);
  }

  static TagSpec with(TagSpec tag, Priority priority) {
    return new TagSpec(
        tag.name(),
        tag.resource(),
        tag.periodNanos(),
        priority,
        tag.staleAfterNanos(),
        tag.safeState());
  }

  static TagSpec safe(TagSpec tag, TagValue safeState) {
    return new TagSpec(
        tag.name(),
        tag.resource(),
        tag.periodNanos(),
        tag.priority(),
        tag.staleAfterNanos(),
        safeState);
  }

  static TagSpec latestWins(TagSpec tag) {
    return new TagSpec(
        tag.name(),
        tag.resource(),
        tag.periodNanos(),
        tag.priority(),
        tag.staleAfterNanos(),
        tag.safeState(),
        true);
  }
}
