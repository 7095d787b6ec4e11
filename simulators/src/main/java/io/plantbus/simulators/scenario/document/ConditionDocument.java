package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.Quality;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.KeyedType;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.scenario.AlarmKind;
import io.plantbus.simulators.scenario.AlarmStanding;
import io.plantbus.simulators.scenario.Condition;
import io.plantbus.simulators.scenario.DeviceState;
import io.plantbus.simulators.scenario.ValueTest;
import io.plantbus.simulators.scenario.document.PlantNames.TagFacts;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Conditions, alone or with more keys behind them.
///
/// @param <T> what is made of a condition
final class ConditionDocument<T> {
  private final String noun;
  private final ScenarioNames names;
  private final Function<Keys, BiFunction<Fields, Condition, T>> more;

  /// @param noun what they are called, such as `condition`
  /// @param more declares the keys behind a condition and makes the whole
  ConditionDocument(
      String noun, ScenarioNames names, Function<Keys, BiFunction<Fields, Condition, T>> more) {
    this.noun = noun;
    this.names = names;
    this.more = more;
  }

  /// Any of them, told by its first key.
  Type<T> type() {
    return KeyedType.<T>of(("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun)
        .or("tag", tag())
        .or("device", device())
        .or("alarm", alarm())
        .or("slave", slave())
        .or("process", process());
  }

  private ObjectType<T> of(
      String kind, String description, Function<Keys, Function<Fields, @Nullable Condition>> keys) {
    return ObjectType.of(
        kind + " " + noun,
        description,
        declared -> {
          Function<Fields, @Nullable Condition> condition = keys.apply(declared);
          BiFunction<Fields, Condition, T> whole = more.apply(declared);
          return fields -> {
            Condition made = condition.apply(fields);
            return made == null ? null : whole.apply(fields, made);
          };
        });
  }

  private ObjectType<T> tag() {
    return of(
        "tag",
        "A tag of the master has such a value, quality or age.",
        keys -> {
          Key<Located<String>> tag =
              keys.required("tag", Types.located(Types.name()), "The tag, by name.");
          ValueKeys value = ValueKeys.of(keys);
          OptionalKey<Quality> quality =
              keys.optional("quality", qualities(), "Its quality, by its name in OPC UA.");
          OptionalKey<Duration> age =
              keys.optional(
                  "age",
                  Types.duration(Duration.ofMillis(1), Duration.ofHours(24)),
                  "Its value is no older than this.");
          return fields -> {
            TagFacts facts = names.tag(fields.get(tag));
            if (facts == null) {
              return null;
            }
            if (!facts.isRead() && facts.isInService()) {
              names
                  .problems()
                  .error(
                      fields.get(tag).where(),
                      fields.get(tag).value() + " is never read, so nothing is known of it",
                      "expect it of the slave: write 'slave: NAME.RESOURCE'");
              return null;
            }
            List<ValueTest> tests = value.tests(fields, facts.resource(), true);
            Quality wanted = fields.get(quality);
            Duration youngest = fields.get(age);
            if (tests.isEmpty() && wanted == null && youngest == null && fields.isSound()) {
              missing(fields, "equals, above, below, between, quality or age");
            }
            checkService(fields, facts, wanted);
            return new Condition.OfTag(
                fields.get(tag).value(), tests, wanted, youngest == null ? 0 : youngest.toNanos());
          };
        });
  }

  private void checkService(Fields fields, TagFacts facts, @Nullable Quality wanted) {
    if (wanted != null && facts.isInService() == (wanted == Quality.BAD_OUT_OF_SERVICE)) {
      names
          .problems()
          .error(
              fields.node(),
              facts.isInService()
                  ? "this can never be: its device is in service"
                  : "this can never be: its device is out of service in the plant file",
              "expect another quality");
    }
  }

  private static Type<Quality> qualities() {
    ChoiceType<Quality> choice = ChoiceType.of(Quality.GOOD.symbol(), Quality.GOOD);
    for (Quality quality : Quality.values()) {
      if (quality != Quality.GOOD) {
        choice = choice.or(quality.symbol(), quality);
      }
    }
    return choice;
  }

  private ObjectType<T> device() {
    return of(
        "device",
        "The master thinks so of a device.",
        keys -> {
          Key<Located<String>> device =
              keys.required("device", Types.located(Types.name()), "The device, by name.");
          Key<DeviceState> health =
              keys.required(
                  "health",
                  Words.of(DeviceState.values(), DeviceState::keyword),
                  "Whether it answers.");
          return fields -> {
            Boolean isInService = names.isInService(fields.get(device));
            if (isInService == null) {
              return null;
            }
            DeviceState wanted = fields.get(health);
            if (isInService == (wanted == DeviceState.OUT_OF_SERVICE)) {
              names
                  .problems()
                  .error(
                      fields.node(health),
                      "this can never be: the device is "
                          + (isInService ? "in service" : "out of service in the plant file"),
                      "expect another health");
            }
            return new Condition.OfDevice(fields.get(device).value(), wanted);
          };
        });
  }

  private ObjectType<T> alarm() {
    return of(
        "alarm",
        "An alarm of a tag stands so (ISA-18.2).",
        keys -> {
          Key<Located<String>> tag =
              keys.required("alarm", Types.located(Types.name()), "The tag, by name.");
          Key<AlarmKind> limit =
              keys.required(
                  "limit",
                  Words.of(AlarmKind.values(), AlarmKind::keyword),
                  "Which alarm of the tag.");
          Key<AlarmStanding> state =
              keys.required(
                  "state",
                  Words.of(AlarmStanding.values(), AlarmStanding::keyword),
                  "`active`: not acknowledged yet; `acknowledged`: still there; `returned`: gone"
                      + " and not acknowledged yet.");
          return fields -> {
            TagFacts facts = names.tag(fields.get(tag));
            if (facts == null) {
              return null;
            }
            String name = fields.get(tag).value();
            AlarmKind wanted = fields.get(limit);
            if (!facts.alarms().contains(wanted)) {
              names
                  .problems()
                  .error(
                      fields.node(limit),
                      name + " has no alarm '" + wanted.keyword() + "'",
                      facts.alarms().isEmpty()
                          ? "write 'alarms:' under the tag in the plant file"
                          : "it has: "
                              + String.join(
                                  ", ",
                                  facts.alarms().stream()
                                      .map(AlarmKind::keyword)
                                      .sorted()
                                      .toList()));
            }
            return new Condition.OfAlarm(name, wanted, fields.get(state));
          };
        });
  }

  private ObjectType<T> slave() {
    return of(
        "slave",
        "A slave holds such a value, whatever a master makes of it.",
        keys -> {
          Key<Located<String>> slave =
              keys.required("slave", Words.REFERENCE, "Where it is: `slave.resource`.");
          ValueKeys value = ValueKeys.of(keys);
          return fields -> {
            Place place = names.place(fields.get(slave));
            DeviceResource resource = place == null ? null : names.resource(place);
            if (place == null || resource == null) {
              return null;
            }
            List<ValueTest> tests = value.tests(fields, resource, false);
            if (tests.isEmpty() && fields.isSound()) {
              missing(fields, "equals, above, below or between");
            }
            return new Condition.OfSlave(place, tests);
          };
        });
  }

  private ObjectType<T> process() {
    return of(
        "process",
        "A quantity of the process has such a value, in SI units.",
        keys -> {
          Key<Located<String>> quantity =
              keys.required("process", Words.REFERENCE, "Which: `part.quantity`.");
          ValueKeys value = ValueKeys.of(keys);
          return fields -> {
            Pin pin = names.quantity(fields.get(quantity));
            if (pin == null) {
              return null;
            }
            List<ValueTest> tests = value.tests(fields, null, false);
            if (tests.isEmpty() && fields.isSound()) {
              missing(fields, "equals, above, below or between");
            }
            return new Condition.OfProcess(pin, tests);
          };
        });
  }

  private static void missing(Fields fields, String keys) {
    fields.problems().error(fields.node(), "this says nothing of the value", "write " + keys);
  }
}
