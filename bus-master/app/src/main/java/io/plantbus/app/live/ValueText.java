package io.plantbus.app.live;

import io.plantbus.devices.TagValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values, units and ages as people read them.
public final class ValueText {
  private ValueText() {}

  /// A value with as many digits as a person can use; a dash for none.
  static String value(@Nullable TagValue value) {
    return switch (value) {
      case null -> "–";
      case TagValue.Bool(boolean on) -> on ? "on" : "off";
      case TagValue.Whole whole -> whole.toString();
      case TagValue.Real(double real) -> number(real);
      case TagValue.Text(String text) -> text;
    };
  }

  /// A number with about four digits that matter.
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int decimals = size >= 1000 ? 1 : size >= 100 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /// A UCUM unit as it is usually written.
  static String unit(String ucum) {
    return switch (ucum) {
      case "Cel" -> "°C";
      case "[degF]" -> "°F";
      case "Ohm" -> "Ω";
      case "1" -> "";
      case "kW.h" -> "kWh";
      case "W.h" -> "Wh";
      default -> {
        String plain = ucum.replace("[", "").replace("]", "").replace(".", "·");
        String powers = plain.replace("m3", "m³").replace("m2", "m²");
        yield powers.startsWith("u") ? "µ" + powers.substring(1) : powers;
      }
    };
  }

  /// An age such as `0.2 s`, `12 s`, `5 min`, `3 h`; a dash before the first value.
  static String age(long ageNanos) {
    if (ageNanos < 0) {
      return "–";
    }
    double seconds = ageNanos / 1e9;
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < 120) {
      return Math.round(seconds) + " s";
    }
    return seconds < 7200 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
  }

  /// A span such as `00:01:23`.
  public static String clock(long nanos) {
    long seconds = nanos / 1_000_000_000L;
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
