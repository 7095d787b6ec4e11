package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.KeyedType;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.plant.DeviceSpec.Address;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.UnitId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A device as written.
///
/// @param line the line's name
/// @param address on that line, with its node; null if it is wrong
/// @param profile the profile's name, or null
/// @param turnaround the longest that it takes to answer; null if that is not known
/// @param options of its I2C driver
/// @param enabled whether it is polled
/// @param poll period of its tags unless they have their own
/// @param priority of its tags unless they have their own
/// @param stale age limit of its tags unless they have their own; null for three periods
/// @param only the profile's resources to use; null for all
/// @param tags by their key
/// @param where its mapping
record DeviceDocument(
    Located<String> line,
    @Nullable Located<Address> address,
    @Nullable Located<String> profile,
    @Nullable Duration turnaround,
    Map<String, String> options,
    boolean enabled,
    Located<Duration> poll,
    Priority priority,
    @Nullable Located<Duration> stale,
    @Nullable List<Located<String>> only,
    Map<String, TagDocument> tags,
    Node where) {
  /// A device on a Modbus line or on an I2C bus.
  static final Type<DeviceDocument> TYPE =
      KeyedType.<DeviceDocument>of("a device")
          .or(
              "unit",
              ObjectType.of(
                  "Modbus device", "A device on a serial or TCP line.", DeviceDocument::modbus))
          .or(
              "address",
              ObjectType.of("I2C device", "A device on an I2C bus.", DeviceDocument::i2c));

  /// What every kind of device has.
  private record Common(
      Key<Located<String>> line,
      OptionalKey<Located<String>> profile,
      Key<Located<Duration>> poll,
      Key<Priority> priority,
      OptionalKey<Located<Duration>> stale,
      Key<Boolean> enabled,
      OptionalKey<List<Located<String>>> only,
      Key<Map<String, TagDocument>> tags) {
    static Common of(Keys keys) {
      return new Common(
          keys.required("line", Types.located(Types.name()), "The line that it is on."),
          keys.optional("profile", Types.located(Types.name()), "What kind of device it is."),
          keys.optional(
              "poll",
              Types.located(Types.duration(TagDocument.SHORTEST_PERIOD, Duration.ofHours(24))),
              "1s",
              "How often its tags are read."),
          keys.optional("priority", TagDocument.PRIORITY, "normal", "Of its tags."),
          TagDocument.period(
              keys, "stale", "Age at which its tags count as old; three periods unless written."),
          keys.optional("enabled", Types.bool(), "true", "Whether it is asked at all."),
          keys.optional(
              "only",
              Types.list(Types.located(Types.name())),
              "The profile's resources to use; all unless written."),
          keys.optional(
              "tags",
              Types.map(TagDocument.TYPE),
              "{}",
              "Its values: more about those of the profile, or others with an address."));
    }

    DeviceDocument device(
        Fields fields,
        @Nullable Located<Address> address,
        @Nullable Duration turnaround,
        Map<String, String> options) {
      return new DeviceDocument(
          fields.get(line),
          address,
          fields.get(profile),
          turnaround,
          options,
          fields.get(enabled),
          fields.get(poll),
          fields.get(priority),
          fields.get(stale),
          fields.get(only),
          fields.get(tags),
          fields.node());
    }
  }

  private static ObjectType.Maker<DeviceDocument> modbus(Keys keys) {
    // Optional, so that the rest of a device with a wrong one is checked all the same.
    OptionalKey<Integer> unit =
        keys.optional("unit", Types.integer(0, 255), "Its unit id, 1..247 on a serial line.");
    OptionalKey<Duration> turnaround =
        keys.optional(
            "turnaround",
            Types.duration(Duration.ofNanos(1_000), LineDocument.LONGEST),
            "The longest that it takes from the end of a request to the start of its answer, as its"
                + " maker states it: what `check` counts with. What was measured counts unless"
                + " written.");
    Common common = Common.of(keys);
    return fields ->
        common.device(
            fields,
            located(fields, unit, value -> new Address.Modbus(UnitId.of(value))),
            fields.get(turnaround),
            Map.of());
  }

  private static ObjectType.Maker<DeviceDocument> i2c(Keys keys) {
    OptionalKey<Integer> address =
        keys.optional("address", Types.integer(0, 0x3FF), "Its address, such as `0x44`.");
    Key<Boolean> tenBit =
        keys.optional("ten-bit", Types.bool(), "false", "Whether it is a 10-bit address.");
    Key<Map<String, String>> options =
        keys.optional("options", Types.map(Types.text()), "{}", "Options of its driver.");
    Common common = Common.of(keys);
    return fields ->
        common.device(
            fields,
            located(
                fields,
                address,
                value -> new Address.I2c(new I2cAddress(value, fields.get(tenBit)))),
            null,
            fields.get(options));
  }

  private static @Nullable Located<Address> located(
      Fields fields, OptionalKey<Integer> key, IntFunction<Address> address) {
    Integer value = fields.get(key);
    return value == null ? null : new Located<>(address.apply(value), fields.node(key));
  }
}
