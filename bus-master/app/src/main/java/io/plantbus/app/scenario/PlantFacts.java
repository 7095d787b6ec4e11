package io.plantbus.app.scenario;

import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.simulators.scenario.AlarmKind;
import io.plantbus.simulators.scenario.document.PlantNames;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a scenario may refer to in a plant.
final class PlantFacts {
  private PlantFacts() {}

  private static Set<AlarmKind> alarms(TagSpec tag) {
    Set<AlarmKind> kinds = EnumSet.noneOf(AlarmKind.class);
    tag.alarms().forEach(alarm -> kinds.add(kind(alarm.kind())));
    return kinds;
  }

  private static AlarmKind kind(AlarmSpec.Kind kind) {
    return switch (kind) {
      case LOW_LOW -> AlarmKind.LOW_LOW;
      case LOW -> AlarmKind.LOW;
      case HIGH -> AlarmKind.HIGH;
      case HIGH_HIGH -> AlarmKind.HIGH_HIGH;
      case BAD_QUALITY -> AlarmKind.BAD_QUALITY;
    };
  }

  static PlantNames of(Plant plant) {
    Map<String, PlantNames.TagFacts> tags = new LinkedHashMap<>();
    Map<String, Boolean> devices = new LinkedHashMap<>();
    for (DeviceSpec device : plant.devices()) {
      devices.put(device.name(), device.inService());
      boolean isOnI2c = device.address() instanceof DeviceSpec.Address.I2c;
      for (TagSpec tag : device.tags()) {
        tags.put(
            tag.name(),
            new PlantNames.TagFacts(
                tag.resource(),
                tag.periodNanos() > 0,
                device.inService(),
                tag.latestWins(),
                isOnI2c,
                alarms(tag)));
      }
    }
    List<String> serial =
        plant.lines().stream()
            .filter(line -> line.transport() instanceof Transport.Serial)
            .map(LineSpec::name)
            .toList();
    return new PlantNames(tags, devices, serial);
  }
}
