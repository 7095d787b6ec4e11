package io.plantbus.app.config;

import io.plantbus.app.device.ValueText;
import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.Locale;

/// Values as users write them for a resource, checked against what it takes.
final class ResourceValue {
  private ResourceValue() {}

  /// The value that a text means to a resource.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write
  static TagValue parse(String text, DeviceResource resource) {
    TagValue value =
        switch (resource.point()) {
          case Point.Modbus(_, _, RegisterEncoding encoding) -> encoded(text, encoding);
          case Point.I2cRegister(_, RegisterEncoding encoding, _) -> encoded(text, encoding);
          case Point.I2cChannel _ -> plain(text);
        };
    Double least = resource.minimum();
    Double most = resource.maximum();
    double number = value.asDouble();
    if ((least != null && number < least) || (most != null && number > most)) {
      throw new IllegalArgumentException(
          "%s is out of range: %s takes %s to %s"
              .formatted(
                  text,
                  resource.name(),
                  least == null ? "any" : least,
                  most == null ? "any" : most));
    }
    return value;
  }

  private static TagValue encoded(String text, RegisterEncoding encoding) {
    TagValue value = ValueText.parse(text, encoding);
    if (TagCodec.encode(encoding, value) instanceof TagEncoding.Misfit(String reason)) {
      throw new IllegalArgumentException(reason);
    }
    return value;
  }

  private static TagValue plain(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "on", "false", "off" -> TagValue.of(ValueText.state(text));
      default -> TagValue.of(ValueText.number(text));
    };
  }
}
