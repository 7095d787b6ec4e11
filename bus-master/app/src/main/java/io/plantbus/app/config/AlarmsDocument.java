package io.plantbus.app.config;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.AlarmSpec.Kind;
import io.plantbus.protocols.modbus.encoding.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The alarms of a tag as written.
///
/// @param alarms those that are right, in the order of their limits
record AlarmsDocument(List<Located<AlarmSpec>> alarms) {
  /// A tag without alarms.
  static final AlarmsDocument NONE = new AlarmsDocument(List.of());

  private static final Type<Duration> DELAY = Types.duration(Duration.ZERO, Duration.ofHours(1));

  /// Where an alarm lies and how it comes and goes.
  ///
  /// @param limit NaN for one of quality
  private record Entry(double limit, double deadBand, Duration onDelay, Duration offDelay) {
    AlarmSpec spec(Kind kind) {
      double at = Double.isNaN(limit) ? 0 : limit;
      return new AlarmSpec(kind, at, deadBand, onDelay.toNanos(), offDelay.toNanos());
    }
  }

  private static final ObjectType<Entry> LIMIT =
      ObjectType.of(
          "limit alarm",
          "An alarm that comes as the value reaches a limit. Values that are not good change"
              + " nothing.",
          keys -> {
            Key<Double> limit = keys.required("limit", Types.real(), "In the unit of the tag.");
            Key<Double> deadBand =
                keys.optional(
                    "dead-band",
                    Types.real(0, 1e300),
                    "0",
                    "How far behind the limit the value must be for it to go.");
            Delays delays = Delays.of(keys);
            return fields -> delays.entry(fields, fields.get(limit), fields.get(deadBand));
          });

  private static final ObjectType<Entry> QUALITY =
      ObjectType.of(
          "quality alarm",
          "An alarm that comes as there is no good value any more.",
          keys -> {
            Delays delays = Delays.of(keys);
            return fields -> delays.entry(fields, Double.NaN, 0);
          });

  /// The keys of every alarm.
  private record Delays(Key<Duration> on, Key<Duration> off) {
    static Delays of(Keys keys) {
      return new Delays(
          keys.optional("on-delay", DELAY, "0s", "How long it must last for the alarm to come."),
          keys.optional("off-delay", DELAY, "0s", "How long it must be gone for it to go."));
    }

    Entry entry(Fields fields, double limit, double deadBand) {
      return new Entry(limit, deadBand, fields.get(on), fields.get(off));
    }
  }

  /// The mapping under `alarms`.
  static final ObjectType<AlarmsDocument> TYPE =
      ObjectType.of(
          "alarms",
          "The alarms of a tag. A number is short for its `limit`. They must be acknowledged"
              + " (ISA-18.2).",
          keys -> {
            OptionalKey<Located<Entry>> lowLow = limit(keys, "low-low", "far too low");
            OptionalKey<Located<Entry>> low = limit(keys, "low", "low");
            OptionalKey<Located<Entry>> high = limit(keys, "high", "high");
            OptionalKey<Located<Entry>> highHigh = limit(keys, "high-high", "far too high");
            OptionalKey<Located<Entry>> quality =
                keys.optional(
                    "bad-quality",
                    Types.located(QUALITY),
                    "There is no good value: the device is silent, the value is old or nonsense."
                        + " `{}` for one without delays.");
            return fields -> {
              List<Located<AlarmSpec>> found = new ArrayList<>();
              add(found, Kind.LOW_LOW, fields.get(lowLow));
              add(found, Kind.LOW, fields.get(low));
              add(found, Kind.HIGH, fields.get(high));
              add(found, Kind.HIGH_HIGH, fields.get(highHigh));
              requireOrder(found, fields.problems());
              add(found, Kind.BAD_QUALITY, fields.get(quality));
              return new AlarmsDocument(found);
            };
          });

  AlarmsDocument {
    alarms = List.copyOf(alarms);
  }

  private static OptionalKey<Located<Entry>> limit(Keys keys, String name, String what) {
    Type<Entry> plain = Types.real().as(at -> new Entry(at, 0, Duration.ZERO, Duration.ZERO));
    return keys.optional(
        name, Types.located(Types.shorthand(plain, LIMIT)), "The value is " + what + ".");
  }

  private static void add(
      List<Located<AlarmSpec>> found, Kind kind, @Nullable Located<Entry> written) {
    if (written != null) {
      found.add(new Located<>(written.value().spec(kind), written.where()));
    }
  }

  private static void requireOrder(List<Located<AlarmSpec>> limits, Problems problems) {
    for (int i = 1; i < limits.size(); i++) {
      AlarmSpec below = limits.get(i - 1).value();
      AlarmSpec above = limits.get(i).value();
      if (below.limit() >= above.limit()) {
        problems.error(
            limits.get(i).where(),
            "'%s' must be above '%s', which is %s"
                .formatted(above.kind().keyword(), below.kind().keyword(), below.limit()),
            "write a greater limit");
      }
    }
  }

  /// The alarms, checked against the tag that they are of.
  List<AlarmSpec> of(DeviceResource resource, Problems problems) {
    List<AlarmSpec> specs = new ArrayList<>();
    for (Located<AlarmSpec> alarm : alarms) {
      check(alarm, resource, problems);
      specs.add(alarm.value());
    }
    return specs;
  }

  private static void check(Located<AlarmSpec> alarm, DeviceResource resource, Problems problems) {
    if (!resource.access().canRead()) {
      problems.error(alarm.where(), resource.name() + " is never read", "leave its alarms away");
    } else if (alarm.value().kind() != Kind.BAD_QUALITY) {
      double limit = alarm.value().limit();
      Double least = resource.minimum();
      Double most = resource.maximum();
      if (!isNumber(resource)) {
        problems.error(
            alarm.where(), resource.name() + " is no number and has no limits", "keep bad-quality");
      } else if ((least != null && limit < least) || (most != null && limit > most)) {
        problems.error(
            alarm.where(),
            "%s is out of range: %s takes %s to %s"
                .formatted(
                    limit,
                    resource.name(),
                    least == null ? "any" : least,
                    most == null ? "any" : most),
            "write a limit within that");
      }
    }
  }

  private static boolean isNumber(DeviceResource resource) {
    DataType type =
        switch (resource.point()) {
          case Point.Modbus point -> point.encoding().type();
          case Point.I2cRegister point -> point.encoding().type();
          case Point.I2cChannel _ -> DataType.FLOAT64;
        };
    return type != DataType.BOOL && type != DataType.STRING;
  }
}
