package io.plantbus.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.device.Target;
import io.plantbus.app.run.Json;
import io.plantbus.devices.TagValue;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.io.IOException;
import java.util.List;

/// Values of a device as a row for people and as JSON for scripts.
final class ElementText {
  private ElementText() {}

  /// Address in both forms, type, value and registers.
  static String row(Target.Element element, Target target, boolean hex) {
    RegisterAddress address = new RegisterAddress(element.table(), element.address());
    return "%-14s %-8s %-14s %-24s [%s]"
        .formatted(
            address.named(),
            address.modicon(),
            type(target),
            value(element, hex),
            String.join(" ", element.raw()));
  }

  /// The type and, where it matters, the order.
  static String type(Target target) {
    if (target.table().isBits()) {
      return "bool";
    }
    RegisterEncoding encoding = target.encoding();
    String scaled =
        encoding.scale() == 1 && encoding.offset() == 0
            ? ""
            : " ×" + encoding.scale() + (encoding.offset() == 0 ? "" : "+" + encoding.offset());
    return encoding.type().keyword()
        + (encoding.registers() > 1 ? " " + encoding.order() : "")
        + scaled;
  }

  private static String value(Target.Element element, boolean hex) {
    return switch (element.value()) {
      case null -> element.quality().symbol();
      case TagValue.Whole(long bits, boolean _) when hex -> "0x" + Long.toHexString(bits);
      case TagValue.Text(String text) -> "\"" + text + "\"";
      case TagValue.Bool bool -> bool.toString();
      case TagValue.Whole whole -> whole.toString();
      case TagValue.Real(double real) -> number(real, element);
    };
  }

  /// A float of two registers has no more digits than single precision gives.
  private static String number(double real, Target.Element element) {
    return element.raw().size() == 2 && (float) real == real
        ? Float.toString((float) real)
        : Double.toString(real);
  }

  /// The members `type`, `order` and `values`.
  static void write(JsonGenerator json, List<Target.Element> elements, Target target)
      throws IOException {
    json.writeStringField(
        "type", target.table().isBits() ? "bool" : target.encoding().type().keyword());
    if (target.width() > 1) {
      json.writeStringField("order", target.encoding().order().name());
    }
    json.writeArrayFieldStart("values");
    for (Target.Element element : elements) {
      RegisterAddress address = new RegisterAddress(element.table(), element.address());
      json.writeStartObject();
      json.writeStringField("address", address.named());
      json.writeStringField("reference", address.modicon());
      Json.value(json, "value", element.value());
      json.writeStringField("quality", element.quality().symbol());
      json.writeArrayFieldStart("raw");
      for (String word : element.raw()) {
        json.writeString(word);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
