package io.plantbus.devices.document.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Time spans as text: a number and `ns`, `us`, `ms`, `s`, `m` or `h`.
final class DurationText {
  private static final String PATTERN = "(\\d{1,12}(?:\\.\\d{1,9})?) ?(ns|us|ms|s|m|h)";
  private static final Pattern COMPILED = Pattern.compile(PATTERN);
  private static final String[] UNITS = {"h", "m", "s", "ms", "us", "ns"};

  private DurationText() {}

  static Type<Duration> type(Duration minimum, Duration maximum) {
    String range = format(minimum) + ".." + format(maximum);
    return new ScalarType<>(
        "a duration " + range,
        "a number and a unit such as 500ms, 1s or 2m, within " + range,
        JsonText.object("type", "string", "pattern", "^" + PATTERN + "$"),
        false,
        scalar -> {
          Duration value = parse(scalar.text());
          return value != null && value.compareTo(minimum) >= 0 && value.compareTo(maximum) <= 0
              ? value
              : null;
        });
  }

  private static @Nullable Duration parse(String text) {
    Matcher matcher = COMPILED.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2))));
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? null
        : Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /// The shortest exact form.
  static String format(Duration duration) {
    long nanos = duration.toNanos();
    for (String unit : UNITS) {
      long size = nanosOf(unit);
      if (nanos >= size && nanos % size == 0) {
        return nanos / size + unit;
      }
    }
    return "0s";
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 1L;
    };
  }
}
