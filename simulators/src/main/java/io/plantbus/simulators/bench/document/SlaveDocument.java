package io.plantbus.simulators.bench.document;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.I2cAddress;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchLine.Content;
import io.plantbus.simulators.bench.UnitServices;
import io.plantbus.simulators.twin.TwinFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The slaves of a bench file.
final class SlaveDocument {
  private final ProfileCatalogue catalogue;
  private final ObjectType<UnitEntry> unit;
  private final ObjectType<TargetEntry> target;

  /// A Modbus slave whose unit id stands elsewhere.
  record UnitEntry(
      @Nullable String name, Content content, long delayNanos, UnitServices services) {}

  /// An I2C slave whose address stands elsewhere.
  record TargetEntry(@Nullable String name, DeviceProfile profile, Map<String, TagValue> initial) {}

  SlaveDocument(ProfileCatalogue catalogue) {
    this.catalogue = catalogue;
    this.unit = describeUnit();
    this.target = describeTarget();
  }

  ObjectType<UnitEntry> unit() {
    return unit;
  }

  ObjectType<TargetEntry> target() {
    return target;
  }

  static List<BenchLine.Unit> units(String line, Map<Integer, UnitEntry> entries) {
    List<BenchLine.Unit> units = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          String name = entry.name() == null ? line + "-" + id : entry.name();
          units.add(
              new BenchLine.Unit(
                  name, UnitId.of(id), entry.content(), entry.delayNanos(), entry.services()));
        });
    return units;
  }

  static List<BenchLine.Target> targets(String line, Map<Integer, TargetEntry> entries) {
    List<BenchLine.Target> targets = new ArrayList<>();
    entries.forEach(
        (address, entry) -> {
          String name = entry.name() == null ? "%s-%02x".formatted(line, address) : entry.name();
          targets.add(
              new BenchLine.Target(name, I2cAddress.of(address), entry.profile(), entry.initial()));
        });
    return targets;
  }

  private ObjectType<UnitEntry> describeUnit() {
    return ObjectType.of(
        "simulated unit",
        "A simulated Modbus slave: from a profile, from raw tables, or from a recording.",
        keys -> {
          OptionalKey<String> name =
              keys.optional(
                  "name", Types.name(), "For faults and physics; else the line and the unit id.");
          OptionalKey<Located<String>> profile =
              keys.optional("profile", Types.located(Types.text()), "A profile's name.");
          Key<Map<String, Located<String>>> initial =
              keys.optional("initial", VALUES, "{}", INITIAL);
          OptionalKey<List<RawTable>> tables =
              keys.optional("tables", TableDocument.TYPE, "Raw tables instead of a profile.");
          OptionalKey<String> replay =
              keys.optional(
                  "replay",
                  Types.text(),
                  "A recording that `plantbus twin` made, instead of a profile; its path is"
                      + " relative to this file.");
          Key<Boolean> loop =
              keys.optional(
                  "loop",
                  Types.bool(),
                  "true",
                  "Whether the recording begins anew at its end; else its last values stay.");
          Key<Long> delay =
              keys.optional(
                  "delay",
                  BenchDocument.nanos(Duration.ZERO, Duration.ofMinutes(1)),
                  "0s",
                  "From a request to its answer. With a recording, 0s is as long as the original"
                      + " took.");
          ServiceKeys services = ServiceKeys.of(keys);
          return fields -> {
            Located<String> profileName = fields.get(profile);
            List<RawTable> raw = fields.get(tables);
            boolean recorded = fields.get(replay) != null;
            if ((profileName == null ? 0 : 1) + (raw == null ? 0 : 1) + (recorded ? 1 : 0) != 1) {
              throw new IllegalArgumentException(
                  "a unit has either a 'profile', 'tables' or a 'replay'; write one of them");
            }
            Content content =
                recorded
                    ? replay(fields, replay, fields.get(loop))
                    : profileName == null
                        ? new Content.Tables(raw == null ? List.of() : raw)
                        : fromProfile(profileName, DeviceProfile.Bus.MODBUS, fields, initial);
            return content == null
                ? null
                : new UnitEntry(
                    fields.get(name), content, fields.get(delay), services.read(fields));
          };
        });
  }

  private static @Nullable Content replay(Fields fields, OptionalKey<String> key, boolean loop) {
    Path document = Path.of(fields.node().position().file()).toAbsolutePath();
    Path file = document.resolveSibling(String.valueOf(fields.get(key))).normalize();
    try {
      return new Content.Replay(TwinFile.read(file), loop);
    } catch (NoSuchFileException _) {
      fields
          .problems()
          .error(
              fields.node(key),
              "there is no file " + file,
              "check the path, which is relative to this file");
    } catch (IOException failure) {
      fields
          .problems()
          .error(
              fields.node(key),
              String.valueOf(failure.getMessage()),
              "make the recording anew with 'plantbus twin', or mend the line");
    }
    return null;
  }

  private ObjectType<TargetEntry> describeTarget() {
    return ObjectType.of(
        "simulated target",
        "A simulated I2C slave.",
        keys -> {
          OptionalKey<String> name =
              keys.optional(
                  "name", Types.name(), "For faults and physics; else the line and the address.");
          Key<Located<String>> profile =
              keys.required("profile", Types.located(Types.text()), "A profile's name.");
          Key<Map<String, Located<String>>> initial =
              keys.optional("initial", VALUES, "{}", INITIAL);
          return fields -> {
            Content.Profile content =
                fromProfile(fields.get(profile), DeviceProfile.Bus.I2C, fields, initial);
            return content == null
                ? null
                : new TargetEntry(fields.get(name), content.profile(), content.initial());
          };
        });
  }

  private static final String INITIAL =
      "What its resources hold at first, by name; the others hold what the profile says.";
  private static final Type<Map<String, Located<String>>> VALUES =
      Types.map(
          Types.text("[A-Za-z0-9][A-Za-z0-9_.~-]{0,63}", "a resource", "a resource's name"),
          Types.located(Types.text()));

  private Content.@Nullable Profile fromProfile(
      Located<String> name,
      DeviceProfile.Bus bus,
      Fields fields,
      Key<Map<String, Located<String>>> initial) {
    DeviceProfile profile = catalogue.find(name.value(), name.where(), fields.problems());
    if (profile == null) {
      return null;
    }
    if (profile.bus() != bus) {
      fields
          .problems()
          .error(
              name.where(),
              "profile '" + name.value() + "' is of a device on another bus",
              "write a profile of a device on "
                  + (bus == DeviceProfile.Bus.I2C ? "I2C" : "Modbus"));
      return null;
    }
    Map<String, TagValue> values = new LinkedHashMap<>();
    fields
        .get(initial)
        .forEach(
            (resourceName, written) -> {
              DeviceResource resource = profile.resource(resourceName);
              if (resource == null) {
                fields
                    .problems()
                    .unknownName(
                        written.where(),
                        "resource",
                        resourceName,
                        profile.resources().stream().map(DeviceResource::name).toList());
              } else {
                values.put(resourceName, InitialValue.of(resource, written, fields.problems()));
              }
            });
    return new Content.Profile(profile, values);
  }
}
