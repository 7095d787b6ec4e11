package io.plantbus.master.write;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;

/// A short way to spell writes to the device `plc` that may be sent.
final class PendingWrites {
  private PendingWrites() {}

  /// A write that has its record.
  ///
  /// @param tag the name of a tag at holding register 5
  static PendingWrite of(
      long id, String tag, Request request, Priority priority, WriteListener listener) {
    RegisterEncoding encoding = RegisterEncoding.of(DataType.UINT16);
    Point point = new Point.Modbus(DataTable.HOLDING_REGISTERS, new AddressRange(5, 1), encoding);
    TagSpec spec =
        new TagSpec(
            tag,
            new DeviceResource(tag, "", point, Access.READ_WRITE, "", null, null, null),
            0,
            Priority.NORMAL,
            0,
            null);
    WriteCommand command =
        new WriteCommand(tag, TagValue.of(7), "test", 1_000_000, priority, false);
    WriteIntent intent = new WriteIntent(id, command, "line", "plc", "", "0x0007", null, 0, 0);
    PendingWrite write =
        new PendingWrite(intent, spec, request, 1_000_000, false, NanoClock.system(), listener);
    write.recorded();
    return write;
  }
}
