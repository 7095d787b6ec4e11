package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.bench.document.InitialValue;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.ValueTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that say what a value must be.
record ValueKeys(
    OptionalKey<Located<String>> equal,
    OptionalKey<Double> tolerance,
    OptionalKey<Located<Double>> above,
    OptionalKey<Located<Double>> below,
    OptionalKey<Located<List<Double>>> between) {

  static ValueKeys of(Keys keys) {
    return new ValueKeys(
        keys.optional(
            "equals",
            Types.located(Types.text()),
            "The value: `true`, `21.5`, text. Numbers may differ by one part in a million."),
        keys.optional("tolerance", Types.real(0, 1e300), "How far it may lie from `equals`."),
        keys.optional("above", Types.located(Types.real()), "It is greater than this."),
        keys.optional("below", Types.located(Types.real()), "It is less than this."),
        keys.optional(
            "between",
            Types.located(Types.list(Types.real(), 2, 2)),
            "Two numbers: it is one of them or lies between."));
  }

  /// The tests that are written.
  ///
  /// @param resource whose value it is; null for a number of the process
  /// @param isLimited whether a value beyond the resource's minimum and maximum never comes
  List<ValueTest> tests(Fields fields, @Nullable DeviceResource resource, boolean isLimited) {
    Problems problems = fields.problems();
    ValueSpan span = ValueSpan.of(resource, isLimited);
    List<ValueTest> tests = new ArrayList<>();
    Located<String> wanted = fields.get(equal);
    Double margin = fields.get(tolerance);
    if (wanted != null) {
      TagValue value = value(wanted, resource, problems);
      if (value != null) {
        span.requireReachable(wanted.where(), value.asDouble(), problems);
        tests.add(new ValueTest.Equal(value, margin == null ? 0 : margin));
      }
    } else if (margin != null) {
      problems.error(
          fields.node(tolerance),
          "'tolerance' has no effect without 'equals'",
          "write 'equals' too, or leave it away");
    }
    bounds(fields, span, tests);
    return tests;
  }

  private void bounds(Fields fields, ValueSpan span, List<ValueTest> tests) {
    Problems problems = fields.problems();
    Located<Double> low = fields.get(above);
    Located<Double> high = fields.get(below);
    Located<List<Double>> both = fields.get(between);
    double least = low == null ? Double.NEGATIVE_INFINITY : low.value();
    double most = high == null ? Double.POSITIVE_INFINITY : high.value();
    Located<?> first = low == null ? high : low;
    if (first != null) {
      span.requireNumber(first.where(), problems);
      if (least >= most) {
        problems.error(
            first.where(),
            "no value is above %s and below %s".formatted(Spans.number(least), Spans.number(most)),
            "exchange them");
      }
      span.requireOverlap(first.where(), least, most, false, problems);
      tests.add(new ValueTest.Between(least, most, false));
    }
    if (both != null && both.value().size() == 2) {
      double from = both.value().get(0);
      double to = both.value().get(1);
      span.requireNumber(both.where(), problems);
      if (from > to) {
        problems.error(both.where(), "the first number is the greater one", "exchange them");
      }
      span.requireOverlap(both.where(), from, to, true, problems);
      tests.add(new ValueTest.Between(from, to, true));
    }
  }

  private static @Nullable TagValue value(
      Located<String> written, @Nullable DeviceResource resource, Problems problems) {
    if (resource != null) {
      int before = problems.count();
      TagValue value = InitialValue.of(resource, written, problems);
      return problems.count() == before ? value : null;
    }
    try {
      return TagValue.of(Double.parseDouble(written.value()));
    } catch (NumberFormatException _) {
      problems.error(
          written.where(), "'" + written.value() + "' is no number", "write one such as 1.5");
      return null;
    }
  }
}
