package io.plantbus.devices.profile;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.profile.ResourceEntry.Attributes;
import io.plantbus.devices.profile.ResourceEntry.Bits;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that tell where a resource lies.
final class AttributesDescription {
  private static final ChoiceType<DataTable> TABLE =
      ChoiceType.of("COILS", DataTable.COILS)
          .or("DISCRETES_INPUT", DataTable.DISCRETE_INPUTS)
          .or("INPUT_REGISTERS", DataTable.INPUT_REGISTERS)
          .or("HOLDING_REGISTERS", DataTable.HOLDING_REGISTERS)
          .alias("DISCRETES_INPUT", "DISCRETE_INPUTS");

  private static final ChoiceType<RegisterOrder> ORDER =
      ChoiceType.of("ABCD", RegisterOrder.ABCD)
          .or("CDAB", RegisterOrder.CDAB)
          .or("BADC", RegisterOrder.BADC)
          .or("DCBA", RegisterOrder.DCBA)
          .alias("ABCD", "ABCDEFGH", "big-endian")
          .alias("CDAB", "GHEFCDAB", "word-swap")
          .alias("BADC", "BADCFEHG", "byte-swap")
          .alias("DCBA", "HGFEDCBA", "little-endian");

  private static final ObjectType<Bits> BITS =
      ObjectType.of(
          "bit field",
          "Some bits of an integer or of a register.",
          keys -> {
            Key<Integer> first =
                keys.required("first", Types.integer(0, 63), "Its least significant bit.");
            Key<Integer> count =
                keys.optional("count", Types.integer(1, 64), "1", "Its width in bits.");
            return fields -> new Bits(fields.get(first), fields.get(count));
          });

  static final ObjectType<Attributes> TYPE =
      ObjectType.of(
          "attributes",
          "Where a resource lies: in a Modbus table, in an I2C register, or behind an I2C driver.",
          keys -> {
            OptionalKey<DataTable> table = keys.optional("primaryTable", TABLE, "Modbus table.");
            OptionalKey<Located<String>> address =
                keys.optional(
                    "startingAddress",
                    Types.located(Types.text()),
                    "First element, 0-based; `10.03` is bit 3 of register 10; or `holding:100`,"
                        + " `hr100`, `4x00101`, `400101`.");
            OptionalKey<DataType> rawType =
                keys.optional(
                    "rawType",
                    ResourceDescription.DATA_TYPE,
                    "Type in the device, if not `valueType`.");
            OptionalKey<Integer> size =
                keys.optional(
                    "stringRegisterSize", Types.integer(1, 125), "Registers of a string.");
            OptionalKey<Boolean> byteSwap =
                keys.optional("isByteSwap", Types.bool(), "Low byte of each register first.");
            OptionalKey<Boolean> wordSwap =
                keys.optional("isWordSwap", Types.bool(), "Least significant register first.");
            OptionalKey<RegisterOrder> order =
                keys.optional("order", ORDER, "Byte and word order, instead of the swap flags.");
            OptionalKey<Located<Bits>> bits =
                keys.optional(
                    "bits", Types.located(BITS), "Bit field, instead of `mask` and `shift`.");
            OptionalKey<Located<List<Long>>> sentinels =
                keys.optional(
                    "sentinels",
                    Types.located(
                        Types.list(Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE), 1, 16)),
                    "Raw values that mean \"not available\", such as `0x8000`.");
            OptionalKey<Integer> register =
                keys.optional("i2cRegister", Types.integer(0, 255), "I2C register number.");
            OptionalKey<Boolean> pec =
                keys.optional("pec", Types.bool(), "SMBus packet error checking.");
            OptionalKey<String> driver =
                keys.optional("driver", Types.name(), "I2C driver, such as `sht31`.");
            OptionalKey<String> channel =
                keys.optional("channel", Types.name(), "Value of the driver.");
            return fields -> {
              if (!fields.isSound()) {
                return null;
              }
              RegisterOrder swap = swap(fields.get(byteSwap), fields.get(wordSwap));
              if (swap != null && fields.get(order) != null) {
                throw new IllegalArgumentException(
                    "has 'order' and swap flags; keep one of the two");
              }
              return new Attributes(
                  fields.get(table),
                  fields.get(address),
                  fields.get(rawType),
                  fields.get(size),
                  swap,
                  fields.get(order),
                  fields.get(bits),
                  fields.get(sentinels),
                  fields.get(register),
                  fields.get(pec),
                  fields.get(driver),
                  fields.get(channel),
                  fields.node());
            };
          });

  private AttributesDescription() {}

  private static @Nullable RegisterOrder swap(@Nullable Boolean bytes, @Nullable Boolean words) {
    boolean bytesSwapped = Boolean.TRUE.equals(bytes);
    if (Boolean.TRUE.equals(words)) {
      return bytesSwapped ? RegisterOrder.DCBA : RegisterOrder.CDAB;
    }
    return bytesSwapped ? RegisterOrder.BADC : null;
  }
}
