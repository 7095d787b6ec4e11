package io.plantbus.app.device;

import io.plantbus.devices.TagValue;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.math.BigInteger;
import java.util.Locale;

/// Values as users write them: `true`, `on`, `21.5`, `0x1F`, text.
public final class ValueText {
  private ValueText() {}

  /// The value that a text stands for where values lie as `encoding` says.
  ///
  /// @throws IllegalArgumentException with what to write
  public static TagValue parse(String text, RegisterEncoding encoding) {
    DataType type = encoding.type();
    if (type == DataType.STRING) {
      return TagValue.of(text);
    }
    if (type == DataType.BOOL) {
      return TagValue.of(state(text));
    }
    return type.isFloat() || encoding.isScaled() ? TagValue.of(number(text)) : whole(text);
  }

  /// A state: `true`, `on`, `1`, `false`, `off` or `0`.
  ///
  /// @throws IllegalArgumentException with what to write
  public static boolean state(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is no state: write true or false, on or off, 1 or 0");
    };
  }

  /// A finite number.
  ///
  /// @throws IllegalArgumentException with what to write
  public static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new IllegalArgumentException("'" + text + "' is no number: write one such as 21.5");
  }

  private static TagValue whole(String text) {
    String form = text.strip().toLowerCase(Locale.ROOT);
    boolean hex = form.startsWith("0x");
    String digits = hex ? form.substring(2) : form;
    if (digits.matches(hex ? "[0-9a-f]{1,16}" : "[-+]?[0-9]{1,20}")) {
      BigInteger value = new BigInteger(digits, hex ? 16 : 10);
      if (value.bitLength() <= (value.signum() < 0 ? 63 : 64)) {
        return new TagValue.Whole(value.longValue(), value.bitLength() == 64);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no whole number: write one such as 42 or 0x2A");
  }
}
