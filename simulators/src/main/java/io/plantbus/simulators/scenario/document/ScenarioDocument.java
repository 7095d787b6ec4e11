package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.scenario.Scenario;
import io.plantbus.simulators.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The scenario file.
public final class ScenarioDocument {
  private static final int MOST_STEPS = 1_000;

  private ScenarioDocument() {}

  /// The description of the file, for reading it and for its JSON Schema.
  ///
  /// @param names what it may refer to
  public static ObjectType<Scenario> type(ScenarioNames names) {
    return ObjectType.of(
        "scenario",
        "What is done to a bench, and to the master on it, and what is expected of them.",
        keys -> {
          Key<String> name =
              keys.optional("scenario", Types.text(), "scenario", "What it is called.");
          Key<String> description =
              keys.optional("description", Types.text(), "\"\"", "What it shows, for its report.");
          var _ = keys.required("bench", Types.text(), "The bench file, relative to this file.");
          var _ =
              keys.optional(
                  "plant",
                  Types.text(),
                  "The plant file of the master, relative to this file; without it only the bench"
                      + " runs.");
          var _ =
              keys.optional(
                  "profiles",
                  Types.text(),
                  "Folder with profiles of your own for the bench, relative to this file.");
          var _ =
              keys.optional(
                  "seed",
                  Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE),
                  "Of all random numbers; that of the bench if absent.");
          OptionalKey<Duration> end =
              keys.optional(
                  "end",
                  Types.duration(Duration.ofMillis(1), Duration.ofDays(400)),
                  "When it ends; as soon as everything is decided if absent.");
          Key<List<StepEntry>> steps =
              keys.required(
                  "steps",
                  Types.list(StepDocument.type(names), 1, MOST_STEPS),
                  "The steps, one after the other.");
          return fields -> {
            Duration last = fields.get(end);
            long endNanos = last == null ? 0 : last.toNanos();
            List<StepEntry> entries = fields.get(steps);
            if (fields.isSound()) {
              new Timeline(endNanos, fields.problems()).check(entries);
            }
            List<Step> numbered = new ArrayList<>();
            for (StepEntry entry : entries) {
              numbered.add(entry.step(numbered.size() + 1));
            }
            return new Scenario(
                fields.get(name), fields.get(description).strip(), endNanos, numbered);
          };
        });
  }
}
