package io.plantbus.app.trace;

import io.plantbus.protocols.modbus.trace.TraceLevel;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is to be traced.
///
/// @param level how closely
/// @param line name of a line; empty for all
/// @param unit 0..255, or [TraceText#ALL_UNITS]
public record TraceSpec(TraceLevel level, String line, int unit) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z]+)(?::([^/]*)(?:/([0-9]{1,3}))?)?");

  public TraceSpec {
    if (unit < TraceText.ALL_UNITS || unit > 255) {
      throw new IllegalArgumentException("a unit id must be 0..255, was " + unit);
    }
    if (level == TraceLevel.BYTE && unit != TraceText.ALL_UNITS) {
      throw new IllegalArgumentException(
          "bytes belong to a line, not to a unit: trace frames of unit "
              + unit
              + ", or leave out the unit");
    }
  }

  /// Reads `LEVEL`, `LEVEL:LINE` or `LEVEL:LINE/UNIT`.
  ///
  /// @throws IllegalArgumentException with what to write instead
  public static TraceSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no trace: write LEVEL, LEVEL:LINE or LEVEL:LINE/UNIT, as frame:rs485/3");
    }
    String line = matcher.group(2);
    String unit = matcher.group(3);
    return new TraceSpec(
        TraceLevel.of(matcher.group(1)),
        line == null ? "" : line,
        unit == null ? TraceText.ALL_UNITS : Integer.parseInt(unit));
  }

  /// Whether it is about a line.
  public boolean covers(String name) {
    return line.isEmpty() || line.equals(name);
  }
}
