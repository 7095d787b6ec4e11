package io.plantbus.devices.profile;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads device profiles. Immutable; any thread may use it.
public final class ProfileReader {
  /// What the profile says beyond EdgeX.
  private record Extension(
      DeviceProfile.@Nullable Bus bus, RequestLimits limits, String driver, String version) {}

  private static final ObjectType<Extension> EXTENSION =
      ObjectType.of(
          "plantbus section",
          "What Plantbus knows of the device beyond the EdgeX format.",
          keys -> {
            OptionalKey<DeviceProfile.Bus> bus =
                keys.optional(
                    "bus",
                    ChoiceType.of("modbus", DeviceProfile.Bus.MODBUS)
                        .or("i2c", DeviceProfile.Bus.I2C),
                    "How the device is reached; told by its resources if absent.");
            Key<String> driver =
                keys.optional(
                    "driver", Types.text(), "''", "I2C driver of channels that name none.");
            Key<String> version =
                keys.optional(
                    "version",
                    Types.text(),
                    "''",
                    "Version of the device; a simulated one tells it as its revision, 1.0 if empty.");
            Key<Integer> readRegisters =
                keys.optional(
                    "maxReadRegisters", Types.integer(1, 125), "125", "Registers per read.");
            Key<Integer> readBits =
                keys.optional("maxReadBits", Types.integer(1, 2000), "2000", "Bits per read.");
            Key<Integer> writeRegisters =
                keys.optional(
                    "maxWriteRegisters", Types.integer(1, 123), "123", "Registers per write.");
            Key<Integer> writeBits =
                keys.optional("maxWriteBits", Types.integer(1, 1968), "1968", "Bits per write.");
            return fields ->
                new Extension(
                    fields.get(bus),
                    new RequestLimits(
                        fields.get(readRegisters),
                        fields.get(readBits),
                        fields.get(writeRegisters),
                        fields.get(writeBits)),
                    fields.get(driver),
                    fields.get(version));
          });

  private static final ObjectType<DeviceProfile> PROFILE =
      ObjectType.of(
          "device profile",
          "A kind of device, in the device-profile format of EdgeX with extensions.",
          keys -> {
            keys.optional(
                "apiVersion",
                ChoiceType.of("v3", "v3").or("v2", "v2").or("v4", "v4"),
                "Version of the EdgeX format.");
            Key<String> name = keys.required("name", ResourceDescription.NAME, "Unique name.");
            Key<String> manufacturer =
                keys.optional("manufacturer", Types.text(), "''", "For people.");
            Key<String> model = keys.optional("model", Types.text(), "''", "For people.");
            Key<String> description =
                keys.optional("description", Types.text(), "''", "For people.");
            keys.optional("labels", Types.list(Types.text()), "Accepted, without effect.");
            Key<Extension> extension =
                keys.optional("plantbus", EXTENSION, "{}", "Extensions of Plantbus.");
            Key<List<ResourceEntry>> resources =
                keys.required(
                    "deviceResources",
                    Types.list(ResourceDescription.RESOURCE, 1, 1000),
                    "The values of the device.");
            keys.optional("deviceCommands", Types.anything(), "Accepted, without effect.");
            keys.optional("deviceCoreCommands", Types.anything(), "Accepted, without effect.");
            keys.optional("coreCommands", Types.anything(), "Accepted, without effect.");
            return fields -> {
              Extension more = fields.get(extension);
              List<DeviceResource> read = resources(fields, fields.get(resources), more);
              return read.isEmpty()
                  ? null
                  : new DeviceProfile(
                      fields.get(name),
                      fields.get(manufacturer),
                      fields.get(model),
                      more.version(),
                      fields.get(description),
                      busOf(read.getFirst()),
                      more.limits(),
                      read);
            };
          });

  private final DocumentReader documents;

  /// @param documents reads the files
  public ProfileReader(DocumentReader documents) {
    this.documents = documents;
  }

  /// The description of profiles, for schema and reference.
  public static ObjectType<DeviceProfile> type() {
    return PROFILE;
  }

  /// Reads a file.
  public Reading<DeviceProfile> read(Path file) {
    return documents.read(file, PROFILE);
  }

  /// Reads a text.
  ///
  /// @param name of the text in problems
  public Reading<DeviceProfile> parse(String name, String text) {
    return documents.parse(name, text, PROFILE);
  }

  private static List<DeviceResource> resources(
      Fields fields, List<ResourceEntry> entries, Extension extension) {
    Problems problems = fields.problems();
    PointReader points = new PointReader(extension.driver(), problems);
    List<Overlaps.Placed> placed = new ArrayList<>();
    Set<String> names = new HashSet<>();
    DeviceProfile.Bus bus = extension.bus();
    for (ResourceEntry entry : entries) {
      if (!names.add(entry.name().value())) {
        problems.error(
            entry.name().where(),
            "there is a resource '" + entry.name().value() + "' already",
            "write another name");
      }
      Point point = points.read(entry);
      TagValue initial = InitialValue.read(entry.properties(), problems);
      if (point == null) {
        continue;
      }
      DeviceResource resource = resource(entry, point, initial);
      bus = bus == null ? busOf(resource) : bus;
      if (busOf(resource) != bus) {
        problems.error(
            entry.attributes().where(),
            "the resource lies on another bus than its device",
            "give each device one bus");
      }
      placed.add(new Overlaps.Placed(resource, entry));
    }
    Overlaps.report(placed, problems);
    return placed.stream().map(Overlaps.Placed::resource).toList();
  }

  private static DeviceResource resource(
      ResourceEntry entry, Point point, @Nullable TagValue initial) {
    return new DeviceResource(
        entry.name().value(),
        entry.description(),
        point,
        entry.properties().access(),
        entry.properties().units(),
        entry.properties().minimum(),
        entry.properties().maximum(),
        initial);
  }

  private static DeviceProfile.Bus busOf(DeviceResource resource) {
    return switch (resource.point()) {
      case Point.Modbus _ -> DeviceProfile.Bus.MODBUS;
      case Point.I2cRegister _, Point.I2cChannel _ -> DeviceProfile.Bus.I2C;
    };
  }
}
