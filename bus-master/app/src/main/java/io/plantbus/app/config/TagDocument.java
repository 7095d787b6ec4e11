package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.RegisterAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A tag of a device as written: when it is read and, unless the device's profile says so, where it
/// lies.
///
/// @param name in the plant; null for `device.key`
/// @param period null for the device's
/// @param priority null for the device's
/// @param stale null for the device's
/// @param latestWins whether a write takes the place of an older one that waits
/// @param alarms as written
/// @param resource null for the profile's
/// @param where its node
record TagDocument(
    @Nullable String name,
    @Nullable Located<Duration> period,
    @Nullable Priority priority,
    @Nullable Located<Duration> stale,
    boolean latestWins,
    AlarmsDocument alarms,
    @Nullable DeviceResource resource,
    Node where) {
  /// The shortest period of any tag.
  static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);

  private static final Type<Duration> SPAN = Types.duration(SHORTEST_PERIOD, Duration.ofHours(24));

  /// The words for priorities.
  static final Type<Priority> PRIORITY =
      ChoiceType.of("safety", Priority.SAFETY)
          .or("control", Priority.CONTROL)
          .or("normal", Priority.NORMAL)
          .or("background", Priority.BACKGROUND);

  private static final Type<Boolean> WRITES = ChoiceType.of("all", false).or("latest", true);

  private static final Type<Access> ACCESS =
      ChoiceType.of("read", Access.READ)
          .or("write", Access.WRITE)
          .or("read-write", Access.READ_WRITE)
          .alias("read", "r", "R")
          .alias("write", "w", "W")
          .alias("read-write", "rw", "RW");

  /// Where a tag lies, or everything that there is to say of it.
  static final Type<TagDocument> TYPE =
      Types.shorthand(
          Types.located(PointKeys.ADDRESS).as(TagDocument::ofAddress),
          ObjectType.of(
              "tag",
              "One value of a device. With `address` it is described here, without by the device's"
                  + " profile.",
              TagDocument::keys));

  private static TagDocument ofAddress(Located<RegisterAddress> address) {
    Node where = address.where();
    return new TagDocument(
        null,
        null,
        null,
        null,
        false,
        AlarmsDocument.NONE,
        PointKeys.resource(where.path().key(), address.value(), Access.READ),
        where);
  }

  /// Declares `period`, as devices and tags have it.
  static OptionalKey<Located<Duration>> period(Keys keys, String name, String description) {
    return keys.optional(name, Types.located(SPAN), description);
  }

  private static ObjectType.Maker<TagDocument> keys(Keys keys) {
    OptionalKey<Located<Duration>> period =
        period(keys, "period", "How often it is read; as the device's `poll` unless written.");
    OptionalKey<Priority> priority =
        keys.optional("priority", PRIORITY, "Which reads go first when several are due.");
    OptionalKey<Located<Duration>> stale =
        period(keys, "stale", "Age at which it counts as old; three periods unless written.");
    Key<Boolean> latestWins =
        keys.optional(
            "writes",
            WRITES,
            "all",
            "`latest`: a write takes the place of an older one that still waits. `all`: each is"
                + " sent.");
    OptionalKey<AlarmsDocument> alarms =
        keys.optional("alarms", AlarmsDocument.TYPE, "When it calls for somebody.");
    OptionalKey<String> name =
        keys.optional("name", Types.name(), "Its name in the plant, instead of `device.key`.");
    OptionalKey<RegisterAddress> address =
        keys.optional(
            "address", PointKeys.ADDRESS, "Where it lies, such as `holding:100` or `40101`.");
    PointKeys point = PointKeys.of(keys);
    Key<Access> access = keys.optional("access", ACCESS, "read", "What may be done with it.");
    OptionalKey<String> unit =
        keys.optional("unit", Types.text(), "UCUM unit, such as `m` or `Cel`.");
    OptionalKey<Double> minimum = keys.optional("min", Types.real(), "Least value allowed.");
    OptionalKey<Double> maximum = keys.optional("max", Types.real(), "Greatest value allowed.");
    return fields -> {
      RegisterAddress first = fields.get(address);
      DeviceResource resource = null;
      if (first == null && fields.node().get("address") != null) {
        return null;
      }
      if (first == null) {
        point.refuse(fields, "address");
      } else {
        String units = fields.get(unit);
        resource =
            PointKeys.resource(
                fields.name(),
                first,
                point.encoding(fields, first.table()),
                fields.get(access),
                units == null ? "" : units,
                fields.get(minimum),
                fields.get(maximum));
      }
      AlarmsDocument own = fields.get(alarms);
      return new TagDocument(
          fields.get(name),
          fields.get(period),
          fields.get(priority),
          fields.get(stale),
          fields.get(latestWins),
          own == null ? AlarmsDocument.NONE : own,
          resource,
          fields.node());
    };
  }
}
