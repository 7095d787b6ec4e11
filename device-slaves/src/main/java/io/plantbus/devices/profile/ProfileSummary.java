package io.plantbus.devices.profile;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.Point.I2cChannel;
import io.plantbus.devices.profile.Point.I2cRegister;
import io.plantbus.devices.profile.Point.Modbus;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.Locale;

/// A profile as people read it: a Markdown table of its resources.
public final class ProfileSummary {
  private ProfileSummary() {}

  /// The profile's heading, description and table.
  ///
  /// @param heading marks before the name, such as `###`
  public static String of(DeviceProfile profile, String heading) {
    StringBuilder text = new StringBuilder();
    text.append(heading).append(' ').append(profile.name()).append("\n\n");
    if (!profile.description().isEmpty()) {
      text.append(profile.description()).append("\n\n");
    }
    text.append("| Resource | Where | Type | Access | Range | Initial | Description |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (DeviceResource resource : profile.resources()) {
      TagValue initial = resource.initial();
      text.append("| `").append(resource.name()).append("` | ");
      text.append(where(resource.point())).append(" | ");
      text.append(type(resource.point())).append(" | ");
      text.append(access(resource.access())).append(" | ");
      text.append(range(resource)).append(" | ");
      text.append(initial == null ? "" : initial).append(" | ");
      text.append(resource.description().replace("|", "\\|")).append(" |\n");
    }
    return text.toString();
  }

  /// Where a point lies, such as `holding:100 (40101)` or `sht31 temperature`.
  public static String where(Point point) {
    return switch (point) {
      case Modbus modbus -> new RegisterAddress(modbus.table(), modbus.range().start()).toString();
      case I2cRegister register -> "register 0x%02X".formatted(register.register());
      case I2cChannel channel -> channel.driver() + " " + channel.channel();
    };
  }

  private static String type(Point point) {
    return switch (point) {
      case Modbus modbus -> type(modbus.encoding());
      case I2cRegister register -> type(register.encoding());
      case I2cChannel channel -> scaling(channel.scale(), channel.offset());
    };
  }

  private static String type(RegisterEncoding encoding) {
    StringBuilder text = new StringBuilder(encoding.type().name().toLowerCase(Locale.ROOT));
    if (encoding.type() == DataType.STRING) {
      text.append(" of ").append(encoding.length()).append(" bytes");
    }
    if (encoding.order() != RegisterOrder.ABCD) {
      text.append(' ').append(encoding.order());
    }
    if (encoding.bitCount() == 1) {
      text.append(" bit ").append(encoding.firstBit());
    } else if (encoding.bitCount() > 1) {
      text.append(" bits ").append(encoding.firstBit()).append("..");
      text.append(encoding.firstBit() + encoding.bitCount() - 1);
    }
    String scaling = scaling(encoding.scale(), encoding.offset());
    return scaling.isEmpty() ? text.toString() : text.append(' ').append(scaling).toString();
  }

  private static String scaling(double scale, double offset) {
    String text = scale == 1 ? "" : "× " + number(scale);
    if (offset == 0) {
      return text;
    }
    String summand = (offset < 0 ? "- " : "+ ") + number(Math.abs(offset));
    return text.isEmpty() ? summand : text + " " + summand;
  }

  private static String range(DeviceResource resource) {
    Double least = resource.minimum();
    Double most = resource.maximum();
    String unit = resource.unit().isEmpty() ? "" : " " + resource.unit();
    if (least == null && most == null) {
      return resource.unit();
    }
    return (least == null ? "" : number(least)) + ".." + (most == null ? "" : number(most)) + unit;
  }

  private static String access(DeviceResource.Access access) {
    return switch (access) {
      case READ -> "R";
      case WRITE -> "W";
      case READ_WRITE -> "RW";
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
