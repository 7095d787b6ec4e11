package io.plantbus.devices.profile;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.ResourceEntry.Properties;
import io.plantbus.protocols.modbus.encoding.DataType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads the default value of a resource.
final class InitialValue {
  private InitialValue() {}

  /// The value, or null without one or after a problem.
  static @Nullable TagValue read(Properties properties, Problems problems) {
    Located<String> written = properties.defaultValue();
    if (written == null || (written.value().isEmpty() && !isText(properties))) {
      return null;
    }
    TagValue value = parse(written.value(), properties);
    if (value == null) {
      problems.error(
          written.where(),
          "'" + written.value() + "' is not a value of type " + properties.valueType().keyword(),
          "write " + example(properties.valueType()));
      return null;
    }
    double number = value.asDouble();
    Double least = properties.minimum();
    Double most = properties.maximum();
    if ((least != null && number < least) || (most != null && number > most)) {
      problems.error(
          written.where(),
          written.value() + " lies outside of minimum and maximum",
          "write a value between them");
      return null;
    }
    return value;
  }

  private static boolean isText(Properties properties) {
    return properties.valueType() == DataType.STRING;
  }

  private static @Nullable TagValue parse(String text, Properties properties) {
    DataType type = properties.valueType();
    if (type == DataType.STRING) {
      return TagValue.of(text);
    }
    if (type == DataType.BOOL) {
      return switch (text) {
        case "true", "1" -> TagValue.of(true);
        case "false", "0" -> TagValue.of(false);
        default -> null;
      };
    }
    try {
      if (type.isFloat() || properties.scale() != 1 || properties.offset() != 0) {
        double real = Double.parseDouble(text);
        return Double.isFinite(real) ? TagValue.of(real) : null;
      }
      if (type == DataType.UINT64) {
        long bits = Long.parseUnsignedLong(text);
        return new TagValue.Whole(bits, bits < 0);
      }
      return TagValue.of(new BigDecimal(text).longValueExact());
    } catch (NumberFormatException _) {
      return null;
    } catch (ArithmeticException _) {
      return null;
    }
  }

  private static String example(DataType type) {
    return type == DataType.BOOL ? "true or false" : type.isFloat() ? "a number" : "an integer";
  }
}
