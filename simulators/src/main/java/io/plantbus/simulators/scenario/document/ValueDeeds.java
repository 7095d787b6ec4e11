package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.simulators.bench.BenchProcess.Pin;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.bench.document.InitialValue;
import io.plantbus.simulators.scenario.Deed;
import io.plantbus.simulators.scenario.WriteEnd;
import io.plantbus.simulators.scenario.document.PlantNames.TagFacts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Deeds that bring values somewhere.
final class ValueDeeds {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final ScenarioNames names;

  ValueDeeds(ScenarioNames names) {
    this.names = names;
  }

  ObjectType<Deed> set() {
    return ObjectType.of(
        "set deed",
        "Has a slave hold a value. Where a sensor measures into it, the value stands until"
            + " `release`.",
        keys -> {
          Key<Located<String>> place =
              keys.required("set", Words.REFERENCE, "Where it is: `slave.resource`.");
          Key<Located<String>> value =
              keys.required("value", Types.located(Types.text()), "The value.");
          OptionalKey<Duration> lasting =
              DeedDocument.lasting(keys, "How long; until `release` if absent.");
          return fields -> {
            Place found = names.place(fields.get(place));
            DeviceResource resource = found == null ? null : names.resource(found);
            TagValue held =
                resource == null
                    ? null
                    : InitialValue.of(resource, fields.get(value), names.problems());
            return found == null || held == null
                ? null
                : new Deed.Set(found, held, DeedDocument.nanos(fields.get(lasting)));
          };
        });
  }

  ObjectType<Deed> release() {
    return ObjectType.of(
        "release deed",
        "Has a slave show again what is measured; ends a ramp there.",
        keys -> {
          Key<Located<String>> place =
              keys.required("release", Words.REFERENCE, "Where it is: `slave.resource`.");
          return fields -> {
            Place found = names.place(fields.get(place));
            return found == null ? null : new Deed.Release(found);
          };
        });
  }

  ObjectType<Deed> command() {
    return ObjectType.of(
        "command deed",
        "Tells a part of the process what to do, such as a valve to stick.",
        keys -> {
          Key<Located<String>> pin =
              keys.required("command", Words.REFERENCE, "Which: `part.command`.");
          Key<Double> value =
              keys.required("value", Types.real(), "The value; 1 and 0 for states.");
          return fields -> {
            Pin found = names.command(fields.get(pin), fields.get(value));
            return found == null ? null : new Deed.Command(found, fields.get(value));
          };
        });
  }

  ObjectType<Deed> ramp() {
    return ObjectType.of(
        "ramp deed",
        "Moves a value evenly from one value to another.",
        keys -> {
          Key<Located<String>> what =
              keys.required("ramp", Words.REFERENCE, "Which: `slave.resource` or `part.command`.");
          OptionalKey<Located<Double>> from =
              keys.optional(
                  "from",
                  Types.located(Types.real()),
                  "Where it begins; for a slave as it is, unless written.");
          Key<Located<Double>> to =
              keys.required("to", Types.located(Types.real()), "Where it ends, and stays.");
          Key<Duration> over = keys.required("over", Types.duration(LEAST, LONGEST), "How long.");
          return fields -> {
            Located<Double> first = fields.get(from);
            Double begin = first == null ? null : first.value();
            double end = fields.get(to).value();
            long nanos = fields.get(over).toNanos();
            Located<String> name = fields.get(what);
            if (names.isOfSlave(name.value())) {
              Place place = names.place(name);
              if (place == null) {
                return null;
              }
              requireFit(place, first, names.problems());
              requireFit(place, fields.get(to), names.problems());
              return new Deed.Ramp(place, null, begin, end, nanos);
            }
            Pin pin = names.command(name, end);
            if (pin != null && begin == null && fields.isSound()) {
              names
                  .problems()
                  .error(fields.node(), "a command begins somewhere", "write 'from', too");
            }
            return pin == null || begin == null
                ? null
                : new Deed.Ramp(null, pin, begin, end, nanos);
          };
        });
  }

  private void requireFit(Place place, @Nullable Located<Double> written, Problems problems) {
    DeviceResource resource = names.resource(place);
    if (written != null) {
      ValueSpan span = ValueSpan.of(resource, false);
      span.requireNumber(written.where(), problems);
      span.requireReachable(written.where(), written.value(), problems);
    }
  }

  ObjectType<Deed> write() {
    return ObjectType.of(
        "write deed",
        "Writes through the master, and may expect an outcome.",
        keys -> {
          Key<Located<String>> tag =
              keys.required("write", Types.located(Types.name()), "The tag, by name.");
          Key<Located<String>> value =
              keys.required("value", Types.located(Types.text()), "The value.");
          OptionalKey<WriteEnd> outcome =
              keys.optional(
                  "outcome",
                  Words.of(WriteEnd.values(), WriteEnd::keyword),
                  "What must become of it; anything if absent.");
          Key<Duration> within =
              keys.optional("within", Types.duration(LEAST, LONGEST), "5s", "By when.");
          Key<Duration> timeToLive =
              keys.optional(
                  "time-to-live",
                  Types.duration(LEAST, LONGEST),
                  "5s",
                  "How long it may wait before it is sent.");
          return fields -> {
            TagFacts facts = names.tag(fields.get(tag));
            if (facts == null) {
              return null;
            }
            TagValue written = written(fields.get(tag), fields.get(value), facts);
            WriteEnd wanted = fields.get(outcome);
            if (wanted != null) {
              checkOutcome(fields, outcome, fields.get(tag).value(), facts, wanted);
            }
            return written == null
                ? null
                : new Deed.Write(
                    fields.get(tag).value(),
                    written,
                    fields.get(timeToLive).toNanos(),
                    wanted,
                    fields.get(within).toNanos(),
                    Places.of(fields.node()));
          };
        });
  }

  private @Nullable TagValue written(Located<String> tag, Located<String> value, TagFacts facts) {
    Problems problems = names.problems();
    if (!facts.resource().access().canWrite()) {
      problems.error(tag.where(), tag.value() + " cannot be written", "name an output");
      return null;
    }
    int before = problems.count();
    TagValue parsed = InitialValue.of(facts.resource(), value, problems);
    if (problems.count() > before) {
      return null;
    }
    ValueSpan.of(facts.resource(), true)
        .requireReachable(value.where(), parsed.asDouble(), problems);
    return parsed;
  }

  private void checkOutcome(
      Fields fields, OptionalKey<WriteEnd> key, String tag, TagFacts facts, WriteEnd wanted) {
    String why =
        facts.isInService()
            ? switch (wanted) {
              case REJECTED -> "the value fits and the tag can be written, so it is accepted";
              case REFUSED -> facts.isOnI2c() ? "on I2C no device refuses by an exception" : null;
              case CONFIRMED, DIVERGED ->
                  facts.isRead() ? null : tag + " is never read, so nothing is read back";
              case SUPERSEDED ->
                  facts.isLatestWins()
                      ? null
                      : "each write to "
                          + tag
                          + " is sent, as its tag does not say"
                          + " 'writes: latest'";
              case ACKNOWLEDGED, UNKNOWN, EXPIRED -> null;
            }
            : wanted == WriteEnd.REJECTED
                ? null
                : "its device is out of service, so that a write is rejected";
    if (why != null) {
      fields
          .problems()
          .error(fields.node(key), "this can never be: " + why, "expect another outcome");
    }
  }

  ObjectType<Deed> acknowledge() {
    return ObjectType.of(
        "acknowledge deed",
        "Acknowledges the alarms of a tag, as an operator does.",
        keys -> {
          Key<Located<String>> tag =
              keys.required("acknowledge", Types.located(Types.name()), "The tag, by name.");
          return fields -> {
            TagFacts facts = names.tag(fields.get(tag));
            if (facts != null && facts.alarms().isEmpty()) {
              names
                  .problems()
                  .error(
                      fields.get(tag).where(),
                      fields.get(tag).value() + " has no alarms",
                      "write 'alarms:' under the tag in the plant file");
            }
            return new Deed.Acknowledge(fields.get(tag).value());
          };
        });
  }
}
