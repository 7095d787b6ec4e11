package io.plantbus.devices.profile;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.ResourceEntry.Properties;
import io.plantbus.protocols.modbus.encoding.DataType;

/// The keys that tell what a resource means.
final class PropertiesDescription {
  private static final ChoiceType<Access> ACCESS =
      ChoiceType.of("R", Access.READ)
          .or("W", Access.WRITE)
          .or("RW", Access.READ_WRITE)
          .alias("RW", "WR");

  static final ObjectType<Properties> TYPE =
      ObjectType.of(
          "properties",
          "What a resource means: value = raw × scale + offset.",
          keys -> {
            Key<DataType> valueType =
                keys.required("valueType", ResourceDescription.DATA_TYPE, "Type of the value.");
            Key<Access> access = keys.required("readWrite", ACCESS, "What may be done with it.");
            Key<String> units = keys.optional("units", Types.text(), "''", "UCUM unit.");
            Key<Double> scale = keys.optional("scale", Types.real(), "1", "Factor, not 0.");
            Key<Double> offset = keys.optional("offset", Types.real(), "0", "Summand.");
            OptionalKey<Double> base =
                keys.optional("base", Types.real(), "Only 0, none, can be used.");
            OptionalKey<Located<Long>> mask =
                keys.optional(
                    "mask",
                    Types.located(Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE)),
                    "Bits of the raw value, neighbours of each other.");
            OptionalKey<Located<Integer>> shift =
                keys.optional(
                    "shift",
                    Types.located(Types.integer(-63, 63)),
                    "Bits to shift after the mask; a negative number shifts right.");
            OptionalKey<Double> minimum = keys.optional("minimum", Types.real(), "Least value.");
            OptionalKey<Double> maximum = keys.optional("maximum", Types.real(), "Greatest value.");
            OptionalKey<Located<String>> initial =
                keys.optional(
                    "defaultValue",
                    Types.located(Types.text()),
                    "What a simulated device holds at first.");
            keys.optional("assertion", Types.text(), "Accepted, without effect.");
            keys.optional("mediaType", Types.text(), "Accepted, without effect.");
            keys.optional("optional", Types.anything(), "Accepted, without effect.");
            return fields -> {
              Double power = fields.get(base);
              if (power != null && power != 0) {
                fields
                    .problems()
                    .error(
                        fields.node(base),
                        "a base, which makes a power of the value, is not supported",
                        "remove it");
              }
              Double least = fields.get(minimum);
              Double most = fields.get(maximum);
              if (least != null && most != null && least > most) {
                fields
                    .problems()
                    .error(
                        fields.node(minimum),
                        "the minimum is greater than the maximum",
                        "exchange them");
              }
              if (fields.get(scale) == 0) {
                fields
                    .problems()
                    .error(
                        fields.node(scale), "the scale is 0", "write another number, or remove it");
                return null;
              }
              return new Properties(
                  fields.get(valueType),
                  fields.get(access),
                  fields.get(units),
                  fields.get(scale),
                  fields.get(offset),
                  fields.get(mask),
                  fields.get(shift),
                  least,
                  most,
                  fields.get(initial),
                  fields.node());
            };
          });

  private PropertiesDescription() {}
}
