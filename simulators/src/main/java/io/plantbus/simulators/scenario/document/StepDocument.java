package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.scenario.Condition;
import io.plantbus.simulators.scenario.Deed;
import io.plantbus.simulators.scenario.Expectation;
import io.plantbus.simulators.scenario.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One step of a scenario file.
final class StepDocument {
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final int MOST = 1_000;

  private StepDocument() {}

  static ObjectType<StepEntry> type(ScenarioNames names) {
    return ObjectType.of(
        "step",
        "What is done at one time, and what is expected from then on. Without `at`, `after` and"
            + " `when` it begins as soon as everything expected by the step before is decided.",
        keys -> {
          OptionalKey<String> name =
              keys.optional("name", Types.text(), "What it is called in reports.");
          OptionalKey<Duration> at =
              keys.optional(
                  "at", Types.duration(Duration.ZERO, LONGEST), "Begins so long after the start.");
          OptionalKey<Duration> after =
              keys.optional(
                  "after",
                  Types.duration(Duration.ZERO, LONGEST),
                  "Begins so long after the beginning of the step before.");
          OptionalKey<Condition> when =
              keys.optional(
                  "when",
                  new ConditionDocument<Condition>(
                          "condition", names, _ -> (_, condition) -> condition)
                      .type(),
                  "Begins as soon as this holds; needs `within`.");
          OptionalKey<Duration> within =
              keys.optional(
                  "within",
                  Types.duration(LEAST, LONGEST),
                  "Longest wait for `when`; the scenario ends without it.");
          Key<List<Located<Deed>>> deeds =
              keys.optional(
                  "do",
                  Types.list(Types.located(new DeedDocument(names).type()), 0, MOST),
                  "[]",
                  "What is done, one after the other, at once.");
          Key<List<Located<Expectation>>> expectations =
              keys.optional(
                  "expect",
                  Types.list(
                      Types.located(
                          new ConditionDocument<Expectation>(
                                  "expectation", names, StepDocument::timing)
                              .type()),
                      0,
                      MOST),
                  "[]",
                  "What is expected then.");
          return fields -> {
            List<String> written =
                List.of("at", "after", "when").stream()
                    .filter(key -> fields.node().get(key) != null)
                    .toList();
            if (written.size() > 1) {
              fields
                  .problems()
                  .error(
                      fields.node(),
                      "a step begins once, not by both '%s' and '%s'"
                          .formatted(written.get(0), written.get(1)),
                      "keep one of them");
            }
            Step.Begin begin =
                begin(
                    fields,
                    fields.get(at),
                    fields.get(after),
                    fields.get(when),
                    fields.get(within));
            if (fields.isSound()
                && fields.get(deeds).isEmpty()
                && fields.get(expectations).isEmpty()) {
              fields.problems().error(fields.node(), "nothing happens", "write 'do' or 'expect'");
            }
            Node beginNode =
                written.isEmpty() ? fields.node() : fields.node().get(written.getFirst());
            return new StepEntry(
                fields.get(name),
                begin,
                beginNode == null ? fields.node() : beginNode,
                fields.get(deeds),
                fields.get(expectations),
                fields.node());
          };
        });
  }

  private static Step.Begin begin(
      Fields fields,
      @Nullable Duration at,
      @Nullable Duration after,
      @Nullable Condition when,
      @Nullable Duration within) {
    if (fields.isSound() && (fields.node().get("when") == null) != (within == null)) {
      fields
          .problems()
          .error(
              fields.node(),
              within == null
                  ? "it may wait forever for 'when'"
                  : "'within' has no effect without 'when'",
              within == null ? "write 'within', such as 30s" : "write it in 'expect'");
    }
    if (when != null) {
      return new Step.Begin.When(when, within == null ? 0 : within.toNanos());
    }
    if (at != null) {
      return new Step.Begin.At(at.toNanos());
    }
    return after == null ? new Step.Begin.Settled() : new Step.Begin.After(after.toNanos());
  }

  private static BiFunction<Fields, Condition, Expectation> timing(Keys keys) {
    OptionalKey<Duration> within =
        keys.optional(
            "within",
            Types.duration(LEAST, LONGEST),
            "It becomes true by then; at once if absent. Counted from the beginning of the step.");
    OptionalKey<Duration> lasting =
        keys.optional("for", Types.duration(LEAST, LONGEST), "Then it stays true for so long.");
    OptionalKey<Duration> never =
        keys.optional(
            "never", Types.duration(LEAST, LONGEST), "It is not true at any time for so long.");
    return (fields, condition) -> {
      Duration limit = fields.get(within);
      Duration stays = fields.get(lasting);
      Duration not = fields.get(never);
      if (not != null && (limit != null || stays != null)) {
        fields
            .problems()
            .error(
                fields.node(never),
                "what is never to be has neither 'within' nor 'for'",
                "write the time under 'never' alone");
        limit = null;
        stays = null;
      }
      long until = not != null ? not.toNanos() : limit == null ? 0 : limit.toNanos();
      return new Expectation(
          condition,
          until,
          stays == null ? 0 : stays.toNanos(),
          not != null,
          Places.of(fields.node()));
    };
  }
}
