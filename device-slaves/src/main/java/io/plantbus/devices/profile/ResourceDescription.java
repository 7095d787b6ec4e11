package io.plantbus.devices.profile;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.ResourceEntry.Attributes;
import io.plantbus.devices.profile.ResourceEntry.Properties;
import io.plantbus.protocols.modbus.encoding.DataType;
import java.util.Locale;

/// The keys of a device resource.
final class ResourceDescription {
  /// Names of profiles and resources.
  static final Type<String> NAME =
      Types.text("[A-Za-z0-9][A-Za-z0-9_.~-]{0,63}", "a name", "letters, digits, '-' and '_'");

  /// Names of data types: those of EdgeX, and ours.
  static final ChoiceType<DataType> DATA_TYPE = dataType();

  static final ObjectType<ResourceEntry> RESOURCE =
      ObjectType.of(
          "device resource",
          "One value of a device.",
          keys -> {
            Key<Located<String>> name =
                keys.required("name", Types.located(NAME), "Unique in the profile.");
            keys.optional("isHidden", Types.bool(), "Accepted, without effect.");
            Key<String> description =
                keys.optional("description", Types.text(), "''", "For people.");
            keys.optional("tag", Types.text(), "Accepted, without effect.");
            keys.optional("tags", Types.anything(), "Accepted, without effect.");
            Key<Attributes> attributes =
                keys.required("attributes", AttributesDescription.TYPE, "Where it lies.");
            Key<Properties> properties =
                keys.required("properties", PropertiesDescription.TYPE, "What it means.");
            return fields ->
                new ResourceEntry(
                    fields.get(name),
                    fields.get(description),
                    fields.get(attributes),
                    fields.get(properties));
          });

  private ResourceDescription() {}

  private static ChoiceType<DataType> dataType() {
    ChoiceType<DataType> choice = ChoiceType.of("Bool", DataType.BOOL);
    for (DataType type : DataType.values()) {
      String lower = type.name().toLowerCase(Locale.ROOT);
      String edgex = type.name().charAt(0) + lower.substring(1);
      choice = choice.or(edgex, type).alias(edgex, lower, type.name());
    }
    return choice;
  }
}
