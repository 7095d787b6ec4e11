package io.plantbus.simulators.bench.document;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;

/// Values of simulated slaves as they stand in bench files and scenarios.
public final class InitialValue {
  private InitialValue() {}

  /// The value; a problem is added if the resource cannot hold it.
  public static TagValue of(DeviceResource resource, Located<String> written, Problems problems) {
    TagValue value = parse(written.value(), isText(resource));
    TagEncoding encoded =
        switch (resource.point()) {
          case Point.Modbus point when point.table().isBits() -> TagCodec.encodeCoil(value);
          case Point.Modbus point -> TagCodec.encode(point.encoding(), value);
          case Point.I2cRegister point -> TagCodec.encode(point.encoding(), value);
          case Point.I2cChannel _ ->
              Double.isFinite(value.asDouble())
                  ? new TagEncoding.Coil(true)
                  : new TagEncoding.Misfit("'" + value + "' is no number");
        };
    if (encoded instanceof TagEncoding.Misfit(String reason)) {
      problems.error(written.where(), reason, "write a value that fits " + resource.name());
    }
    return value;
  }

  private static boolean isText(DeviceResource resource) {
    RegisterEncoding encoding =
        switch (resource.point()) {
          case Point.Modbus point -> point.encoding();
          case Point.I2cRegister point -> point.encoding();
          case Point.I2cChannel _ -> RegisterEncoding.of(DataType.FLOAT64);
        };
    return encoding.type() == DataType.STRING;
  }

  private static TagValue parse(String text, boolean isText) {
    if (isText) {
      return TagValue.of(text);
    }
    if (text.equals("true") || text.equals("false")) {
      return TagValue.of(text.equals("true"));
    }
    try {
      return TagValue.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return real(text);
    }
  }

  private static TagValue real(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? TagValue.of(number) : TagValue.of(text);
    } catch (NumberFormatException _) {
      return TagValue.of(text);
    }
  }
}
