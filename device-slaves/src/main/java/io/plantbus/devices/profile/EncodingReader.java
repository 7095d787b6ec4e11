package io.plantbus.devices.profile;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.ResourceEntry.Attributes;
import io.plantbus.devices.profile.ResourceEntry.Bits;
import io.plantbus.devices.profile.ResourceEntry.Properties;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells from the attributes and properties of a resource how its value lies in registers.
final class EncodingReader {
  private final Attributes attributes;
  private final Properties properties;
  private final Problems problems;

  EncodingReader(ResourceEntry entry, Problems problems) {
    this.attributes = entry.attributes();
    this.properties = entry.properties();
    this.problems = problems;
  }

  /// The encoding, or null after a problem.
  ///
  /// @param addressedBit the bit that the address names; -1 without one
  /// @throws IllegalArgumentException if the parts do not fit each other
  @Nullable RegisterEncoding read(int addressedBit) {
    DataType value = properties.valueType();
    DataType raw = attributes.rawType() == null ? value : attributes.rawType();
    if (value == DataType.STRING || raw == DataType.STRING) {
      return text(value, raw);
    }
    if (attributes.stringRegisterSize() != null) {
      problems.error(attributes.where(), "only strings have a stringRegisterSize", "remove it");
      return null;
    }
    Field field = field(raw, addressedBit);
    List<Long> sentinels = sentinels(raw);
    if (field == null || sentinels == null) {
      return null;
    }
    if (value == DataType.BOOL && raw != DataType.BOOL) {
      if (raw.registers() != 1 || (field.count != 1 && field.count != 0)) {
        problems.error(
            attributes.where(),
            "a Bool is one bit of one register",
            "write 'rawType: Uint16', the register's address and 'bits: {first: 0..15}'");
        return null;
      }
      raw = DataType.BOOL;
    }
    return new RegisterEncoding(
        raw,
        attributes.byteOrder(),
        0,
        field.first,
        field.count,
        properties.scale() * Math.scalb(1.0, field.shift),
        properties.offset(),
        sentinels);
  }

  private @Nullable RegisterEncoding text(DataType value, DataType raw) {
    Integer size = attributes.stringRegisterSize();
    if (value != raw || size == null) {
      problems.error(
          attributes.where(),
          value != raw ? "text stays text" : "required key 'stringRegisterSize' is missing",
          value != raw
              ? "write String for both valueType and rawType"
              : "write the number of registers, 1..125");
      return null;
    }
    return new RegisterEncoding(raw, attributes.byteOrder(), 2 * size, 0, 0, 1, 0, List.of());
  }

  private @Nullable List<Long> sentinels(DataType raw) {
    Located<List<Long>> written = attributes.sentinels();
    if (written == null) {
      return List.of();
    }
    int bits = 16 * raw.registers();
    long mask = bits == 64 ? -1L : (1L << bits) - 1;
    List<Long> patterns = new ArrayList<>();
    for (long each : written.value()) {
      boolean fits = bits == 64 || (each >= -(1L << (bits - 1)) && each <= mask);
      if (!fits) {
        problems.error(
            written.where(),
            each + " does not fit the " + bits + " bits of the raw value",
            "write raw values, before scale and offset");
        return null;
      }
      patterns.add(each & mask);
    }
    return patterns;
  }

  /// A bit field; `count` 0 for the whole value.
  ///
  /// @param shift to the left of where the field stands at bit 0
  private record Field(int first, int count, int shift) {}

  private @Nullable Field field(DataType raw, int addressedBit) {
    Located<Bits> bits = attributes.bits();
    boolean masked = properties.mask() != null || properties.shift() != null;
    if ((bits != null ? 1 : 0) + (masked ? 1 : 0) + (addressedBit >= 0 ? 1 : 0) > 1) {
      problems.error(
          attributes.where(),
          "the bits are told more than once",
          "keep one of: bits; mask and shift; the bit in startingAddress");
      return null;
    }
    if (bits != null) {
      return checked(new Field(bits.value().first(), bits.value().count(), 0), raw);
    }
    if (addressedBit >= 0) {
      return checked(new Field(addressedBit, 1, 0), raw);
    }
    return masked ? masked(raw) : new Field(0, 0, 0);
  }

  private @Nullable Field masked(DataType raw) {
    int width = 16 * raw.registers();
    long mask = properties.mask() == null ? -1L : properties.mask().value();
    if (width < 64) {
      mask &= (1L << width) - 1;
    }
    int shift = properties.shift() == null ? 0 : properties.shift().value();
    // What a shift to the right pushes out is not part of the field.
    mask = shift < 0 ? mask >>> -shift << -shift : mask;
    int first = Long.numberOfTrailingZeros(mask);
    int count = Long.bitCount(mask);
    if (mask == 0 || (mask >>> first) != (count == 64 ? -1L : (1L << count) - 1)) {
      problems.error(
          properties.where(),
          mask == 0 ? "mask and shift leave no bit" : "the bits of the mask are not neighbours",
          "write a mask such as 0x00F0 with shift -4");
      return null;
    }
    return checked(new Field(first, count, first + shift), raw);
  }

  private @Nullable Field checked(Field field, DataType raw) {
    int width = 16 * raw.registers();
    if (raw.isInteger() || raw == DataType.BOOL) {
      if (field.first + field.count <= width) {
        return field;
      }
      problems.error(
          attributes.where(),
          "bits %d..%d do not lie within the %d bits of the raw value"
              .formatted(field.first, field.first + field.count - 1, width),
          "write a smaller field, or a wider rawType");
    } else {
      problems.error(
          attributes.where(), "only integers have bit fields", "write a rawType such as Uint16");
    }
    return null;
  }
}
