package io.plantbus.firmware;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.ProfileSummary;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the C header (C99) of a Modbus device profile, so that firmware and master work from the
/// same register map: constants of every resource, the span of each table, and a table of
/// descriptors of 8 bytes each. Headers of several profiles can be included together.
public final class HeaderGenerator {
  private record Register(DeviceResource resource, Point.Modbus point, String name) {}

  private final DeviceProfile profile;
  private final CNames names;
  private final List<Register> registers = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private HeaderGenerator(DeviceProfile profile) {
    this.profile = profile;
    this.names = new CNames(profile.name());
    for (DeviceResource resource : profile.resources()) {
      if (!(resource.point() instanceof Point.Modbus point)) {
        throw new IllegalArgumentException(
            "profile '%s' has no register map: '%s' lies at %s; choose a profile of a Modbus device"
                .formatted(
                    profile.name(), resource.name(), ProfileSummary.where(resource.point())));
      }
      registers.add(new Register(resource, point, names.of(resource.name())));
    }
  }

  /// The header of a profile; the same profile gives the same text.
  ///
  /// @throws IllegalArgumentException if the profile is not one of a Modbus device, or if two of
  ///   its names are the same word in C
  public static String of(DeviceProfile profile) {
    return new HeaderGenerator(profile).header();
  }

  private String header() {
    String guard = names.guard();
    line("/* %s%s".formatted(profile.name(), about()));
    line(" * Written by Plantbus from the device profile: change that, not this file. */");
    line("#ifndef " + guard);
    line("#define " + guard);
    line("");
    text.append(PointHeader.TEXT);
    line("");
    line("/* The tables: first address, 0-based, and addresses from there to the last in use. */");
    for (DataTable table : DataTable.values()) {
      span(table);
    }
    for (Register register : registers) {
      constants(register);
    }
    line("");
    descriptors();
    line("");
    line("#endif");
    return text.toString();
  }

  private String about() {
    return profile.description().isEmpty() ? "" : ": " + CNames.comment(profile.description());
  }

  private void span(DataTable table) {
    int first = Integer.MAX_VALUE;
    int last = -1;
    for (Register register : registers) {
      if (register.point.table() == table) {
        first = Math.min(first, register.point.range().start());
        last = Math.max(last, register.point.range().last());
      }
    }
    define(table.name(), "FIRST", (last < 0 ? 0 : first) + "u");
    define(table.name(), "SIZE", (last < 0 ? 0 : last - first + 1) + "u");
  }

  private void constants(Register register) {
    RegisterEncoding encoding = register.point.encoding();
    line("");
    line("/* %s */".formatted(CNames.comment(describe(register))));
    define(register.name, "TABLE", "PLANTBUS_" + register.point.table().name());
    define(register.name, "ADDRESS", register.point.range().start() + "u");
    define(register.name, "COUNT", register.point.range().count() + "u");
    if (encoding.bitCount() > 0) {
      define(register.name, "SHIFT", encoding.firstBit() + "u");
      long mask = encoding.bitCount() == 64 ? -1L : (1L << encoding.bitCount()) - 1;
      define(register.name, "MASK", "0x%XULL".formatted(mask << encoding.firstBit()));
    }
    if (encoding.scale() != 1 || encoding.offset() != 0) {
      define(register.name, "SCALE", "(" + encoding.scale() + ")");
      define(register.name, "OFFSET", "(" + encoding.offset() + ")");
    }
    bound(register.name, "MINIMUM", register.resource.minimum());
    bound(register.name, "MAXIMUM", register.resource.maximum());
  }

  private void bound(String name, String suffix, @Nullable Double value) {
    if (value != null) {
      define(name, suffix, "(" + value + ")");
    }
  }

  private static String describe(Register register) {
    DeviceResource resource = register.resource;
    String unit = resource.unit().isEmpty() ? "" : " in " + resource.unit();
    String what = resource.description().isEmpty() ? "" : ": " + resource.description();
    return resource.name() + unit + what + "; " + ProfileSummary.where(register.point);
  }

  private void descriptors() {
    line("/* Index of each resource in the table of descriptors. */");
    line("enum {");
    for (Register register : registers) {
      line("  %s,".formatted(names.constant("INDEX", register.name)));
    }
    line("  " + names.constant("NUMBER_OF", "POINTS"));
    line("};");
    line("");
    line(
        "static const plantbus_point %s[%s] = {"
            .formatted(names.constant("ALL", "POINTS"), names.constant("NUMBER_OF", "POINTS")));
    for (Register register : registers) {
      line("  " + descriptor(register));
    }
    line("};");
  }

  private static String descriptor(Register register) {
    Point.Modbus point = register.point;
    RegisterEncoding encoding = point.encoding();
    return "{%du, PLANTBUS_%s, %du, PLANTBUS_%s, PLANTBUS_%s | %s, %du, %du},"
        .formatted(
            point.range().start(),
            point.table(),
            point.range().count(),
            encoding.type(),
            encoding.order(),
            switch (register.resource.access()) {
              case READ -> "PLANTBUS_READ";
              case WRITE -> "PLANTBUS_WRITE";
              case READ_WRITE -> "PLANTBUS_READ | PLANTBUS_WRITE";
            },
            encoding.firstBit(),
            encoding.bitCount());
  }

  private void define(String name, String suffix, String value) {
    line("#define %s %s".formatted(names.constant(name, suffix), value));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
