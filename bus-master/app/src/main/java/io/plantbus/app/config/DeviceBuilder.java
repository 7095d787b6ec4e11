package io.plantbus.app.config;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.i2c.I2cDrivers;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceProfile.Bus;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.DeviceSpec.Address;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.UnitId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks devices against their lines, profiles and each other.
final class DeviceBuilder {
  private final PlantDocument document;
  private final ProfileCatalogue profiles;
  private final Tags tags;
  private final Problems problems;
  private final Map<String, String> taken = new HashMap<>();

  DeviceBuilder(PlantDocument document, ProfileCatalogue profiles, Tags tags, Problems problems) {
    this.document = document;
    this.profiles = profiles;
    this.tags = tags;
    this.problems = problems;
  }

  /// The device, or null after a problem.
  @Nullable DeviceSpec build(String name, DeviceDocument device) {
    LineSpec line = line(device);
    DeviceProfile profile = profile(name, device);
    Located<Address> address = device.address();
    if (line != null && address != null) {
      checkAddress(name, device, address, line);
    }
    if (profile == null) {
      return null;
    }
    if (address != null && isOfItsBus(device, address, profile)) {
      checkDriver(device, address, profile);
    }
    List<TagSpec> specs = new ArrayList<>();
    TagBuilder builder = new TagBuilder(name, device, line, tags, problems);
    for (DeviceResource resource : profile.resources()) {
      TagDocument written = device.tags().get(resource.name());
      if (isUsed(device, resource, written)) {
        TagSpec tag = builder.build(resource, written);
        specs.add(tag);
        tags.add(tag, written == null ? device.where() : written.where());
      }
    }
    if (address == null) {
      return null;
    }
    Duration turnaround = device.turnaround();
    return new DeviceSpec(
        name,
        device.line().value(),
        address.value(),
        profile,
        device.options(),
        device.enabled(),
        specs,
        turnaround == null ? 0 : turnaround.toNanos());
  }

  private static boolean isUsed(
      DeviceDocument device, DeviceResource resource, @Nullable TagDocument written) {
    List<Located<String>> only = device.only();
    return only == null
        || written != null
        || only.stream().anyMatch(name -> name.value().equals(resource.name()));
  }

  private @Nullable LineSpec line(DeviceDocument device) {
    String name = device.line().value();
    if (!document.lineNames().contains(name)) {
      problems.unknownName(device.line().where(), "line", name, document.lineNames());
    }
    LineDocument line = document.lines().get(name);
    return line == null ? null : line.spec();
  }

  /// The written profile with the tags that are described in the plant file.
  private @Nullable DeviceProfile profile(String name, DeviceDocument device) {
    Located<String> written = device.profile();
    DeviceProfile base =
        written == null ? null : profiles.find(written.value(), written.where(), problems);
    if (written != null && base == null) {
      return null;
    }
    Map<String, DeviceResource> resources = new LinkedHashMap<>();
    if (base != null) {
      base.resources().forEach(resource -> resources.put(resource.name(), resource));
    }
    device
        .tags()
        .forEach(
            (key, tag) -> {
              DeviceResource own = tag.resource();
              if (own != null) {
                resources.put(key, own);
              } else if (!resources.containsKey(key)) {
                refuseTag(key, tag, base, resources);
              }
            });
    if (device.only() != null) {
      for (Located<String> each : device.only()) {
        if (!resources.containsKey(each.value())) {
          problems.unknownName(each.where(), "resource", each.value(), resources.keySet());
        }
      }
    }
    if (resources.isEmpty()) {
      problems.error(
          device.where(),
          "the device has nothing to read or write",
          "write profile: and one of " + String.join(", ", profiles.names()) + ", or tags:");
      return null;
    }
    return base == null
        ? new DeviceProfile(
            name,
            "",
            "",
            "",
            Bus.MODBUS,
            RequestLimits.SPECIFICATION,
            List.copyOf(resources.values()))
        : new DeviceProfile(
            base.name(),
            base.manufacturer(),
            base.model(),
            base.version(),
            base.description(),
            base.bus(),
            base.limits(),
            List.copyOf(resources.values()));
  }

  private void refuseTag(
      String key,
      TagDocument tag,
      @Nullable DeviceProfile base,
      Map<String, DeviceResource> resources) {
    if (base == null) {
      problems.error(
          tag.where(), "it is not said where the tag lies", "write address: holding:100 or alike");
    } else {
      problems.unknownName(tag.where(), "resource", key, resources.keySet());
    }
  }

  private boolean isOfItsBus(
      DeviceDocument device, Located<Address> address, DeviceProfile profile) {
    boolean modbus = address.value() instanceof Address.Modbus;
    if (modbus != (profile.bus() == Bus.MODBUS)) {
      Located<String> written = device.profile();
      problems.error(
          written == null ? device.where() : written.where(),
          "profile '" + profile.name() + "' is for " + (modbus ? "I2C" : "Modbus") + " devices",
          modbus
              ? "write address: instead of unit:, and an I2C line"
              : "write unit: instead of address:, and a serial or TCP line");
      return false;
    }
    return true;
  }

  private void checkDriver(DeviceDocument device, Located<Address> address, DeviceProfile profile) {
    if (address.value() instanceof Address.I2c(I2cAddress target)) {
      try {
        I2cDrivers.create(profile, target, device.options());
      } catch (IllegalArgumentException wrong) {
        problems.error(device.where(), String.valueOf(wrong.getMessage()), "");
      }
    }
  }

  private void checkAddress(
      String name, DeviceDocument device, Located<Address> address, LineSpec line) {
    boolean i2c = line.transport() instanceof Transport.I2c;
    switch (address.value()) {
      case Address.Modbus(UnitId unit) -> {
        if (i2c) {
          problems.error(
              address.where(),
              "line '" + line.name() + "' is an I2C bus, where devices have no unit id",
              "write address: 0x20 or alike, or name a serial or TCP line");
          return;
        }
        if (line.transport() instanceof Transport.Serial
            && (unit.value() < 1 || unit.value() > 247)) {
          problems.error(
              address.where(),
              unit + " is no unit id of a device on a serial line",
              "write 1..247");
        }
        claim(name, device, address, line.name() + " unit " + unit, "unit id " + unit);
      }
      case Address.I2c(I2cAddress target) -> {
        if (!i2c) {
          problems.error(
              address.where(),
              "line '" + line.name() + "' is a Modbus line, where devices have no I2C address",
              "write unit: 1 or alike, or name an I2C line");
          return;
        }
        claim(name, device, address, line.name() + " address " + target, "address " + target);
      }
    }
  }

  private void claim(
      String name, DeviceDocument device, Located<Address> address, String key, String what) {
    String former = taken.putIfAbsent(key, name);
    if (former != null) {
      problems.error(
          address.where(),
          what + " on line '" + device.line().value() + "' is taken by device '" + former + "'",
          "give each device one of its own");
    }
  }
}
