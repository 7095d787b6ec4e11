package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.KeyedType;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.scenario.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What may be done in a scenario: faults, plugs, power and words. Values and writes are in
/// [ValueDeeds].
final class DeedDocument {
  private static final Duration LONGEST = Duration.ofHours(24);

  private final ScenarioNames names;

  DeedDocument(ScenarioNames names) {
    this.names = names;
  }

  /// Anything that may be done, told by its first key.
  Type<Deed> type() {
    ValueDeeds values = new ValueDeeds(names);
    return KeyedType.<Deed>of("something to do")
        .or("fault", fault())
        .or("clear", clear())
        .or("unplug", unplug())
        .or("replug", replug())
        .or("unplug-adapter", unplugAdapter())
        .or("replug-adapter", replugAdapter())
        .or("power-cut", powerCut())
        .or("set", values.set())
        .or("release", values.release())
        .or("command", values.command())
        .or("ramp", values.ramp())
        .or("write", values.write())
        .or("acknowledge", values.acknowledge())
        .or("note", note());
  }

  static OptionalKey<Duration> lasting(Keys keys, String description) {
    return keys.optional("for", Types.duration(Duration.ofMillis(1), LONGEST), description);
  }

  static long nanos(@Nullable Duration lasting) {
    return lasting == null ? Deed.FOR_GOOD : lasting.toNanos();
  }

  private static Key<Located<String>> name(Keys keys, String key, String description) {
    return keys.required(key, Types.located(Types.name()), description);
  }

  private ObjectType<Deed> fault() {
    return ObjectType.of(
        "fault deed",
        "Lets answers go wrong, as `faults` of a bench file does.",
        keys -> {
          Key<FaultKind> kind =
              keys.required(
                  "fault",
                  Words.of(
                      FaultKind.values(),
                      each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                  "The kind, as in a bench file.");
          Key<Located<String>> target = name(keys, "target", "A slave or a whole line, by name.");
          Key<Double> rate =
              keys.optional("rate", Types.real(0, 1000), "1", "Above 0, as in a bench file.");
          OptionalKey<Duration> lasting = lasting(keys, "How long; until `clear` if absent.");
          OptionalKey<Duration> delay =
              keys.optional(
                  "delay",
                  Types.duration(Duration.ZERO, Duration.ofMinutes(1)),
                  "How late, as in a bench file.");
          return fields -> {
            FaultKind how = fields.get(kind);
            String hit = names.target(fields.get(target), how);
            double often = fields.get(rate);
            if (often <= 0 || often > Fault.mostRate(how)) {
              fields
                  .problems()
                  .error(
                      fields.node(rate),
                      "a rate of this fault cannot be " + often,
                      "write a number above 0, at most " + (long) Fault.mostRate(how));
              return null;
            }
            Duration late = fields.get(delay);
            long delayNanos = late == null ? Fault.defaultDelayNanos(how) : late.toNanos();
            return new Deed.AddFault(
                new Fault(hit, how, often, 0, nanos(fields.get(lasting)), delayNanos));
          };
        });
  }

  private ObjectType<Deed> clear() {
    return ObjectType.of(
        "clear deed",
        "Ends all faults of a target, those of the bench file and an unplugging included.",
        keys -> {
          Key<Located<String>> target = name(keys, "clear", "A slave or a whole line, by name.");
          return fields -> new Deed.Clear(names.target(fields.get(target)));
        });
  }

  private ObjectType<Deed> unplug() {
    return ObjectType.of(
        "unplug deed",
        "Takes a slave or a line off: it neither hears nor speaks.",
        keys -> {
          Key<Located<String>> target = name(keys, "unplug", "A slave or a whole line, by name.");
          OptionalKey<Duration> lasting = lasting(keys, "How long; until `replug` if absent.");
          return fields ->
              new Deed.Unplug(names.target(fields.get(target)), nanos(fields.get(lasting)));
        });
  }

  private ObjectType<Deed> replug() {
    return ObjectType.of(
        "replug deed",
        "Puts back what `unplug` took off.",
        keys -> {
          Key<Located<String>> target = name(keys, "replug", "A slave or a whole line, by name.");
          return fields -> new Deed.Replug(names.target(fields.get(target)));
        });
  }

  private ObjectType<Deed> unplugAdapter() {
    return ObjectType.of(
        "unplug-adapter deed",
        "Pulls the master's adapter of a serial line out of its computer.",
        keys -> {
          Key<Located<String>> line = name(keys, "unplug-adapter", "A serial line of the plant.");
          OptionalKey<Duration> lasting =
              lasting(keys, "How long; until `replug-adapter` if absent.");
          return fields -> {
            names.requireSerialLine(fields.get(line));
            return new Deed.UnplugAdapter(fields.get(line).value(), nanos(fields.get(lasting)));
          };
        });
  }

  private ObjectType<Deed> replugAdapter() {
    return ObjectType.of(
        "replug-adapter deed",
        "Plugs the master's adapter of a serial line in again.",
        keys -> {
          Key<Located<String>> line = name(keys, "replug-adapter", "A serial line of the plant.");
          return fields -> {
            names.requireSerialLine(fields.get(line));
            return new Deed.ReplugAdapter(fields.get(line).value());
          };
        });
  }

  private ObjectType<Deed> powerCut() {
    return ObjectType.of(
        "power-cut deed",
        "Cuts the power: slaves forget what was written to them and are silent until it is back.",
        keys -> {
          Key<Located<String>> whose =
              keys.required(
                  "power-cut", Types.located(Types.name()), "A slave, a line or `all`, by name.");
          Key<Duration> lasting =
              keys.required(
                  "for", Types.duration(Duration.ofMillis(1), LONGEST), "How long it is away.");
          Key<Boolean> master =
              keys.optional(
                  "master",
                  Types.bool(),
                  "false",
                  "Whether the master loses it, too: it stops without safe states and starts anew.");
          return fields -> {
            List<String> slaves = names.slaves(fields.get(whose));
            boolean isOfMaster = fields.get(master);
            if (isOfMaster) {
              var _ = names.plant(fields.node(master));
            }
            String what = fields.get(whose).value() + (isOfMaster ? " and the master" : "");
            return new Deed.PowerCut(what, slaves, isOfMaster, fields.get(lasting).toNanos());
          };
        });
  }

  private static ObjectType<Deed> note() {
    return ObjectType.of(
        "note deed",
        "Says something in the report.",
        keys -> {
          Key<String> text = keys.required("note", Types.text(), "One sentence.");
          return fields -> new Deed.Note(fields.get(text).strip().replaceAll("\\s+", " "));
        });
  }
}
