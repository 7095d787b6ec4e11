package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.master.plant.TagSpec.Priority;
import java.time.Duration;

/// A control loop as written.
///
/// @param name the key that it stands under
/// @param measure the tag that is measured
/// @param output the tag that is written
/// @param low lower switching point
/// @param high upper switching point
/// @param below written below `low`
/// @param above written above `high`
/// @param whenBad written while there is no good measurement
/// @param period how often it is worked out
/// @param priority the class of its writes
/// @param where its mapping
record LoopDocument(
    String name,
    Located<String> measure,
    Located<String> output,
    double low,
    Located<Double> high,
    Located<String> below,
    Located<String> above,
    Located<String> whenBad,
    Duration period,
    Priority priority,
    Node where) {
  /// A loop with hysteresis.
  static final Type<LoopDocument> TYPE =
      ObjectType.of(
          "loop",
          "Two-point control with hysteresis: below `low` the output takes one value, above `high`"
              + " another one, and in between it stays.",
          LoopDocument::keys);

  private static ObjectType.Maker<LoopDocument> keys(Keys keys) {
    Key<Located<String>> measure =
        keys.required("measure", Types.located(Types.name()), "The tag that is measured.");
    Key<Located<String>> output =
        keys.required("output", Types.located(Types.name()), "The tag that is written.");
    Key<Double> low = keys.required("low", Types.real(), "Lower switching point.");
    Key<Located<Double>> high =
        keys.required("high", Types.located(Types.real()), "Upper switching point.");
    Key<Located<String>> below =
        keys.optional("below", Types.located(Types.text()), "true", "Written below `low`.");
    Key<Located<String>> above =
        keys.optional("above", Types.located(Types.text()), "false", "Written above `high`.");
    Key<Located<String>> whenBad =
        keys.required(
            "when-bad",
            Types.located(Types.text()),
            "Written while there is no good measurement: what is safe.");
    Key<Duration> period =
        keys.optional(
            "period",
            Types.duration(Duration.ofMillis(10), Duration.ofHours(1)),
            "250ms",
            "How often it is worked out.");
    Key<Priority> priority =
        keys.optional(
            "priority", TagDocument.PRIORITY, "control", "Which of the writes that wait go first.");
    return fields ->
        new LoopDocument(
            fields.name(),
            fields.get(measure),
            fields.get(output),
            fields.get(low),
            fields.get(high),
            fields.get(below),
            fields.get(above),
            fields.get(whenBad),
            fields.get(period),
            fields.get(priority),
            fields.node());
  }
}
