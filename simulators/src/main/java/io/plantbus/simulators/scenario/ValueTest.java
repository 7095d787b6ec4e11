package io.plantbus.simulators.scenario;

import io.plantbus.devices.TagValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of a value.
public sealed interface ValueTest {
  /// Whether a value passes; none at all never does.
  boolean passes(@Nullable TagValue value);

  /// Equal to a value, within a tolerance.
  ///
  /// @param tolerance 0 or more; for numbers
  record Equal(TagValue expected, double tolerance) implements ValueTest {
    /// Real numbers that came through a register of 32 bits are as they were written.
    private static final double ROUNDING = 1e-6;

    @Override
    public boolean passes(@Nullable TagValue value) {
      if (value == null) {
        return false;
      }
      double wanted = expected.asDouble();
      double found = value.asDouble();
      if (Double.isNaN(wanted) || Double.isNaN(found)) {
        return value.toString().equals(expected.toString());
      }
      return Math.abs(found - wanted) <= Math.max(tolerance, Math.abs(wanted) * ROUNDING);
    }

    @Override
    public String toString() {
      String text = "= " + text(expected);
      return tolerance == 0 ? text : text + " ± " + Spans.number(tolerance);
    }
  }

  /// Within bounds.
  ///
  /// @param low minus infinity for none
  /// @param high infinity for none
  /// @param isInclusive whether the bounds pass themselves
  record Between(double low, double high, boolean isInclusive) implements ValueTest {
    @Override
    public boolean passes(@Nullable TagValue value) {
      double number = value == null ? Double.NaN : value.asDouble();
      return isInclusive ? number >= low && number <= high : number > low && number < high;
    }

    @Override
    public String toString() {
      if (isInclusive) {
        return "between " + Spans.number(low) + " and " + Spans.number(high);
      }
      if (low == Double.NEGATIVE_INFINITY) {
        return "below " + Spans.number(high);
      }
      return "above "
          + Spans.number(low)
          + (high == Double.POSITIVE_INFINITY ? "" : " and below " + Spans.number(high));
    }
  }

  /// A value as it stands in reports; a dash for none.
  static String text(@Nullable TagValue value) {
    return switch (value) {
      case null -> "–";
      case TagValue.Real(double real) -> Spans.number(real);
      case TagValue.Text(String text) -> "'" + text + "'";
      case TagValue.Bool _, TagValue.Whole _ -> value.toString();
    };
  }

  /// Several as one phrase.
  static String text(List<ValueTest> tests) {
    return String.join(" and ", tests.stream().map(ValueTest::toString).toList());
  }
}
